package dev.presage.retrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.report.RunReport.Bin;
import dev.presage.retrain.report.RunReport.CurvePoints;
import dev.presage.retrain.report.RunReport.Data;
import dev.presage.retrain.report.RunReport.Decile;
import dev.presage.retrain.report.RunReport.Figure;
import dev.presage.retrain.report.RunReport.Findings;
import dev.presage.retrain.report.RunReport.GoalThreshold;
import dev.presage.retrain.report.RunReport.NamedNumber;
import dev.presage.retrain.report.RunReport.PredictorFigures;
import dev.presage.retrain.report.RunReport.ScoreSpan;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final String HOSTILE = "<script>alert('\"x\"')</script> & more";
  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);
  private static final HtmlReport PAGE = new HtmlReport();

  @Test
  void shouldShowFiguresBesideTheBaselineWithTheirIntervals() {
    String html = PAGE.render(report("t", "orders_90d"));

    assertThat(html)
        .contains("<title>Training of t</title>")
        .contains("<strong>PUBLISHED</strong>: AUC is better")
        .contains("0.8100 (0.7800 to 0.8400)")
        .contains("baseline orders_90d")
        .contains("1,234,567 events of 1 profile")
        .contains("the highest F1")
        .contains("0.3000, moved far")
        .contains("not defined");
  }

  @Test
  void shouldDrawEveryPlotWithATitleAndADescription() throws Exception {
    String html = PAGE.render(report("t", "orders_90d"));

    List<String> titles = new ArrayList<>();
    Matcher svgs = SVG.matcher(html);
    while (svgs.find()) {
      Document svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svgs.group())));
      if (svg.getDocumentElement().getAttribute("role").equals("img")) {
        String labels = svg.getDocumentElement().getAttribute("aria-labelledby");
        String id = labels.substring(labels.indexOf(' ') + 1);
        assertThat(html).contains("<desc id=\"" + id + "\">");
        titles.add(svg.getElementsByTagName("title").item(0).getTextContent());
      } else {
        assertThat(svg.getDocumentElement().getAttribute("aria-hidden")).isEqualTo("true");
      }
    }
    assertThat(titles)
        .containsExactly(
            "ROC curve",
            "Precision and recall",
            "Lift",
            "Calibration",
            "Distribution of scores",
            "Stability of the scores",
            "Foretold and happened");
    assertThat(html).contains("d=\"M56.0 264.0 L464.0 12.0\"");
  }

  @Test
  void shouldShowHowScoresLieOverTime() {
    String html = PAGE.render(report("t", "orders_90d"));

    assertThat(html)
        .contains("It is highest in the one from 2025-08-01: 0.5000.")
        .contains("from 2025-10-01: index 0.0200, 200 rows")
        .doesNotContain("from 2025-09-01: index")
        .contains(">2025-08</text>")
        .contains(
            "<li><svg viewBox=\"0 0 28 8\" width=\"28\" height=\"8\" aria-hidden=\"true\"><path class=\"line-baseline\" d=\"M0 4 L28 4\"/></svg> happened</li>")
        .contains("<th scope=\"row\">judged by</th>", "<td>0.0123</td>");
  }

  @Test
  void shouldEscapeWhateverComesFromOutside() {
    String html = PAGE.render(report(HOSTILE, HOSTILE));

    assertThat(html).doesNotContain("<script").doesNotContain("alert('").contains("&lt;script&gt;");
  }

  @Test
  void shouldNeedNothingFromElsewhere() {
    String html = PAGE.render(report("t", "orders_90d"));

    assertThat(html)
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("url(")
        .contains("default-src 'none'")
        .contains("prefers-color-scheme: dark")
        .startsWith("<!doctype html>");
  }

  @Test
  void shouldBeTheSameWhateverTheLocaleOfTheMachine() {
    String html = PAGE.render(report("t", "orders_90d"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(new HtmlReport().render(report("t", "orders_90d"))).isEqualTo(html);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldSayWhyThereAreNoFigures() {
    String html =
        PAGE.render(
            new RunReport(
                "r1",
                "t",
                "HELD",
                "Not enough data: 3 events",
                null,
                "2026-01-01T00:00:00Z",
                null,
                null));

    assertThat(html)
        .contains("<strong>HELD</strong>: Not enough data: 3 events")
        .doesNotContain("<section>");
  }

  @Test
  void shouldTakeRowsOfOneOutcome() {
    PredictorFigures nothing =
        new PredictorFigures("model", 0, 0, Map.of(), List.of(), CurvePoints.NONE);
    Findings findings =
        new Findings(
            data(),
            Map.of(),
            List.of(nothing, nothing),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new NamedNumber("f", null)),
            List.of(),
            List.of());

    assertThat(PAGE.render(report("t", findings)))
        .contains("The area under it is not defined.")
        .contains("not defined");
  }

  @Test
  void shouldShowAmountsByFiguresAndPlotsOfAmounts() {
    PredictorFigures model = amounts("model", 0.71);
    String html =
        PAGE.render(
            report(
                "spending",
                new Findings(
                    data("VALUE"),
                    Map.of(),
                    List.of(model, amounts("baseline revenue_90d", 0.6)),
                    List.of(model),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())));

    assertThat(html)
        .contains("1,000 rows, 100 above 0, until")
        .contains("<th scope=\"row\">Tweedie deviance</th><td>12.5000 (11.0000 to 14.0000)</td>")
        .contains("<td>1,234.57</td>")
        .contains("The normalised Gini is 0.710. That of the baseline revenue_90d is 0.600.")
        .contains("decile 10: foretold 400.00, 50 rows", "decile 10: happened 380.00, 50 rows")
        .contains("d=\"M56.0 264.0 L137.6 112.8 L464.0 12.0\"")
        .doesNotContain("ROC")
        .doesNotContain("precision")
        .doesNotContain("Where to draw the line");
  }

  @Test
  void shouldSayThatAnAttributeIsJudgedByOtherCustomersAndNotByLaterTimes() {
    PredictorFigures model = figures("model", Map.of("auc", new Figure(0.81, 0.78, 0.84)));
    String html =
        PAGE.render(
            report(
                "orders-for-work",
                new Findings(
                    data("ATTRIBUTE"),
                    Map.of(),
                    List.of(model, model),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())));

    assertThat(html)
        .contains("On rows of customers from whom nothing was learned", "ROC AUC")
        .doesNotContain("lie after everything")
        .doesNotContain("two horizons");
  }

  private static PredictorFigures amounts(String name, double gini) {
    return new PredictorFigures(
        name,
        500,
        50,
        Map.of(
            "deviance", new Figure(12.5, 11.0, 14.0),
            "normalisedGini", new Figure(gini, null, null),
            "mae", new Figure(1_234.567, null, null)),
        List.of(new Decile(1, 50, 0.5, 0, 0.0, 0.1), new Decile(10, 50, 400, 380, null, null)),
        new CurvePoints(
            List.of(),
            List.of(),
            List.of(),
            List.of(List.of(0.0, 0.0), List.of(0.2, 0.6), List.of(1.0, 1.0))));
  }

  private static RunReport report(String trait, String feature) {
    PredictorFigures model =
        figures(
            "model",
            Map.of(
                "auc", new Figure(0.81, 0.78, 0.84),
                "brier", new Figure(0.1, null, null),
                "calibrationSlope", new Figure(1.02, 0.9, 1.1)));
    PredictorFigures baseline =
        figures("baseline " + feature, Map.of("auc", new Figure(0.7, 0.66, 0.74)));
    return report(
        trait,
        new Findings(
            data(),
            Map.of("max_depth", feature),
            List.of(model, baseline),
            List.of(model),
            List.of(new GoalThreshold("the highest F1", 0.4, 0.2, 0.5, null, 0.5)),
            List.of(new Bin(0, 0.5, 0.9, 0.2), new Bin(0.5, 1, 0.1, 0.8)),
            List.of(new NamedNumber(feature, 0.5), new NamedNumber("b", 0.25)),
            List.of(new NamedNumber(feature, 0.3), new NamedNumber("b", 0.05)),
            List.of(
                new ScoreSpan(
                    "judged by",
                    "2025-10-01T00:00:00Z",
                    "2025-12-01T00:00:00Z",
                    500,
                    0.11,
                    0.1,
                    0.0123)),
            List.of(span("2025-08", 0.5), span("2025-09", null), span("2025-10", 0.02))));
  }

  private static RunReport report(String trait, @Nullable Findings findings) {
    return new RunReport(
        "r1",
        trait,
        "PUBLISHED",
        "AUC is better",
        "v1",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:01:00Z",
        findings);
  }

  private static ScoreSpan span(String month, @Nullable Double index) {
    return new ScoreSpan(
        month + "-01",
        month + "-01T00:00:00Z",
        month + "-28T00:00:00Z",
        200,
        0.2,
        month.equals("2025-09") ? 0.3 : 0.1,
        index);
  }

  private static Data data() {
    return data("LIKELIHOOD");
  }

  private static Data data(String kind) {
    return new Data(
        kind,
        1_234_567,
        1,
        1_000,
        100,
        "2025-09-01T00:00:00Z",
        "2025-10-01T00:00:00Z",
        "2025-12-01T00:00:00Z");
  }

  private static PredictorFigures figures(String name, Map<String, Figure> figures) {
    return new PredictorFigures(
        name,
        500,
        50,
        figures,
        List.of(new Decile(1, 50, 0.05, 0.04, 0.0, 0.1), new Decile(10, 50, 0.6, 0.5, null, null)),
        new CurvePoints(
            List.of(List.of(0.0, 0.0), List.of(0.2, 0.7), List.of(1.0, 1.0)),
            List.of(List.of(0.5, 0.5), List.of(1.0, 0.1)),
            List.of(List.of(0.1, 3.0), List.of(1.0, 1.0)),
            List.of()));
  }
}
