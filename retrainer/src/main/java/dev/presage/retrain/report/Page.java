package dev.presage.retrain.report;

import dev.presage.retrain.report.RunReport.Data;
import dev.presage.retrain.report.RunReport.Decile;
import dev.presage.retrain.report.RunReport.Figure;
import dev.presage.retrain.report.RunReport.Findings;
import dev.presage.retrain.report.RunReport.GoalThreshold;
import dev.presage.retrain.report.RunReport.NamedNumber;
import dev.presage.retrain.report.RunReport.PredictorFigures;
import dev.presage.retrain.report.RunReport.ScoreSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is laid out. Every text may come from outside; the template escapes all of them.
 *
 * @param title of the page
 * @param outcome what became of the run
 * @param reason why
 * @param facts about the run
 * @param sections one below the other
 */
public record Page(
    String title, String outcome, String reason, List<Fact> facts, List<Section> sections) {
  private static final int MOST_FEATURES = 20;
  static final double MODERATE_DRIFT = 0.1;
  static final double LARGE_DRIFT = 0.25;
  private static final double LARGE = 100;

  /** A name and a text. */
  public record Fact(String name, String text) {}

  /** A part of the page; meters are bars of features. */
  public record Section(
      String title, String text, List<Chart> charts, List<Meter> meters, List<Table> tables) {}

  /** A bar of a feature; the share of the longest one is from 0 to 100. */
  public record Meter(String name, String share, String text, String remark) {}

  /** A table; the first cell of a row is its head. */
  public record Table(String caption, List<String> head, List<List<String>> rows) {}

  static Page of(RunReport report) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Run", report.run()));
    add(facts, "Model", report.modelVersion());
    facts.add(new Fact("Asked for", report.queuedAt()));
    add(facts, "Over", report.endedAt());
    Findings findings = report.findings();
    List<Section> sections = new ArrayList<>();
    if (findings != null) {
      addData(facts, findings);
      addSections(sections, findings);
    }
    String reason = report.reason();
    return new Page(
        "Training of " + report.trait(),
        report.state(),
        reason == null ? "The run is not over." : reason,
        facts,
        sections);
  }

  private static void add(List<Fact> facts, String name, @Nullable String text) {
    if (text != null) {
      facts.add(new Fact(name, text));
    }
  }

  private static void addData(List<Fact> facts, Findings findings) {
    Data data = findings.data();
    PredictorFigures model = findings.predictors().getFirst();
    String positives = Wording.valueOf(data.kind()).positives();
    facts.add(
        new Fact(
            "Read",
            "%s of %s"
                .formatted(count(data.events(), "event"), count(data.profiles(), "profile"))));
    facts.add(
        new Fact(
            "Trained on",
            "%s, %s %s, until %s"
                .formatted(
                    count(data.trainingRows(), "row"),
                    grouped(data.trainingPositives()),
                    positives,
                    data.trainedUntil())));
    facts.add(
        new Fact(
            "Judged by",
            "%s, %s %s, from %s until %s"
                .formatted(
                    count(model.rows(), "row"),
                    grouped(model.positives()),
                    positives,
                    data.evaluatedFrom(),
                    data.evaluatedUntil())));
  }

  private static void addSections(List<Section> sections, Findings findings) {
    PredictorFigures model = findings.predictors().getFirst();
    PredictorFigures baseline = findings.predictors().get(1);
    Wording wording = Wording.valueOf(findings.data().kind());
    sections.add(
        new Section(
            "How good it is",
            wording.heldOut(),
            wording.comparison(model, baseline),
            List.of(),
            List.of(figures("Figures on held-out rows", wording, findings.predictors()))));
    sections.add(
        new Section(
            "Whether it can be taken at its word",
            wording.worth(),
            wording.levels(findings),
            List.of(),
            List.of(deciles(model))));
    sections.add(
        new Section(
            "For whom it is good",
            wording.populations(),
            List.of(),
            List.of(),
            List.of(figures("Figures by population", wording, findings.populations()))));
    if (!findings.thresholds().isEmpty()) {
      sections.add(
          new Section(
              "Where to draw the line",
              "The threshold that serves each goal best on these rows; goals that are out of reach are left out.",
              List.of(),
              List.of(),
              List.of(thresholds(findings.thresholds()))));
    }
    sections.add(
        new Section(
            "What it looks at",
            "Mean absolute contribution to the margin, the most important features first.",
            List.of(),
            importance(findings.importance()),
            List.of()));
    sections.add(
        new Section(
            "How stable its world is",
            "How scores and what happened lie over time, and the population stability index of each feature from the rows it was trained on to those that judge, the least stable first. From an index of 0.10 on something has moved, from 0.25 on it has moved far. Scores are held against those on the rows that judge, as they are in service; on rows that it was trained on it knows a little too much.",
            findings.scorePeriods().size() < 2
                ? List.of()
                : List.of(
                    TimeCharts.stability(findings.scorePeriods()),
                    TimeCharts.foretold(findings.scorePeriods())),
            stability(findings.stability()),
            findings.scoreParts().isEmpty() ? List.of() : List.of(scores(findings.scoreParts()))));
    List<List<String>> parameters = new ArrayList<>();
    findings.parameters().forEach((name, value) -> parameters.add(List.of(name, value)));
    sections.add(
        new Section(
            "How it was made",
            "",
            List.of(),
            List.of(),
            List.of(new Table("Parameters", List.of("parameter", "value"), parameters))));
  }

  private static Table figures(String caption, Wording wording, List<PredictorFigures> predictors) {
    List<String> head = new ArrayList<>();
    head.add("");
    predictors.forEach(it -> head.add(it.name()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("rows", predictors, it -> grouped(it.rows())));
    rows.add(row(wording.positives(), predictors, it -> grouped(it.positives())));
    for (Wording.Column column : wording.columns()) {
      rows.add(row(column.title(), predictors, it -> text(it.figures().get(column.key()))));
    }
    return new Table(caption, head, rows);
  }

  private static List<String> row(
      String head, List<PredictorFigures> predictors, Function<PredictorFigures, String> cell) {
    List<String> row = new ArrayList<>();
    row.add(head);
    predictors.forEach(it -> row.add(cell.apply(it)));
    return row;
  }

  private static String text(@Nullable Figure figure) {
    if (figure == null) {
      return "not defined";
    }
    Double low = figure.low();
    Double high = figure.high();
    return low == null || high == null
        ? decimal(figure.value())
        : "%s (%s to %s)".formatted(decimal(figure.value()), decimal(low), decimal(high));
  }

  private static Table deciles(PredictorFigures model) {
    List<List<String>> rows = new ArrayList<>();
    for (Decile it : model.calibration()) {
      Double low = it.low();
      Double high = it.high();
      rows.add(
          List.of(
              Integer.toString(it.decile()),
              grouped(it.rows()),
              decimal(it.meanScore()),
              decimal(it.rate()),
              low == null || high == null
                  ? "not known"
                  : "%s to %s".formatted(decimal(low), decimal(high))));
    }
    return new Table(
        "By decile of the score",
        List.of("decile", "rows", "foretold", "happened", "interval"),
        rows);
  }

  private static Table thresholds(List<GoalThreshold> thresholds) {
    List<List<String>> rows = new ArrayList<>();
    for (GoalThreshold it : thresholds) {
      Double recall = it.recall();
      rows.add(
          List.of(
              it.goal(),
              decimal(it.score()),
              percent(it.share()),
              percent(it.precision()),
              recall == null ? "not defined" : percent(recall),
              decimal(it.f1())));
    }
    return new Table(
        "Thresholds", List.of("goal", "score from", "selected", "precision", "recall", "F1"), rows);
  }

  private static List<Meter> importance(List<NamedNumber> importance) {
    double most = most(importance);
    return importance.stream().limit(MOST_FEATURES).map(it -> meter(it, most, "")).toList();
  }

  private static List<Meter> stability(List<NamedNumber> stability) {
    double most = Math.max(LARGE_DRIFT, most(stability));
    return stability.stream()
        .limit(MOST_FEATURES)
        .map(it -> meter(it, most, remark(it.value())))
        .toList();
  }

  private static Table scores(List<ScoreSpan> parts) {
    return new Table(
        "Scores by what the rows were for",
        List.of("rows", "from", "until", "number", "foretold", "happened", "index of the scores"),
        parts.stream()
            .map(
                it ->
                    List.of(
                        it.name(),
                        it.from(),
                        it.until(),
                        grouped(it.rows()),
                        decimal(it.meanScore()),
                        decimal(it.meanLabel()),
                        it.index() == null ? "not known" : decimal(it.index())))
            .toList());
  }

  private static String remark(@Nullable Double index) {
    if (index == null || index < MODERATE_DRIFT) {
      return "";
    }
    return index < LARGE_DRIFT ? "moved" : "moved far";
  }

  private static Meter meter(NamedNumber number, double most, String remark) {
    Double value = number.value();
    return new Meter(
        number.feature(),
        value == null || most <= 0
            ? "0"
            : String.format(Locale.ROOT, "%.1f", Math.clamp(value / most, 0, 1) * 100),
        value == null ? "not defined" : decimal(value),
        remark);
  }

  private static double most(List<NamedNumber> numbers) {
    double most = 0;
    for (NamedNumber it : numbers) {
      Double value = it.value();
      most = value == null ? most : Math.max(most, value);
    }
    return most;
  }

  private static String count(long number, String what) {
    return grouped(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String decimal(double number) {
    // Amounts can be large, and their decimals are noise then.
    return String.format(Locale.ROOT, Math.abs(number) < LARGE ? "%.4f" : "%,.2f", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }
}
