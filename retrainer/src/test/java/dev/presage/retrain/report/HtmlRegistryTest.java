package dev.presage.retrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.Dossiers;
import dev.presage.retrain.registry.ModelDiff;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlRegistryTest {
  private static final String HOSTILE = "<script>alert('\"x\"')</script> & ../more?a=b#c";
  private static final Pattern LINK = Pattern.compile("(?:href|action)=\"([^\"]*)\"");
  private static final Pattern CELL = Pattern.compile("<t[hd][^>]*>(?:<a [^>]*>)?([^<]*)");
  private static final HtmlRegistry PAGES = new HtmlRegistry();

  @Test
  void shouldListTheNewestVersionsFirstWithTheirFiguresAndLinks() {
    String html = PAGES.list(versions("churn"));

    assertThat(html.indexOf(">v2<")).isLessThan(html.indexOf(">v1<"));
    assertThat(cells(html))
        .containsSubsequence(
            "v2",
            "LIVE",
            "1 instance",
            "XGBOOST_UBJSON",
            "0.8100 (0.7900 to 0.8300)",
            "0.7000",
            "0.4800",
            "0.7500",
            "0.4900",
            "7,900",
            "0.0300",
            "gate",
            "report",
            "v1",
            "RETIRED",
            "–");
    assertThat(html).contains("Scored by v2.");
    assertThat(links(html))
        .containsExactly(
            "/v1/models",
            "/v1/models/churn/v2",
            "/v1/runs/run%202/report",
            "/v1/models/churn/v1",
            "/v1/models/churn/diff");
    assertThat(html).contains("<option selected>v1</option>", "<option selected>v2</option>");
  }

  @Test
  void shouldSayHowToGetAModelWhereThereIsNone() {
    assertThat(PAGES.list(List.of()))
        .contains("There are none yet. Train one: presage train TRAIT");
  }

  @Test
  void shouldShowAllAboutAVersion() {
    List<Dossier> versions = versions("churn");

    String html = PAGES.version(versions.getLast(), versions);

    assertThat(html)
        .contains("<title>churn, version v2</title>", "It scores its trait.")
        .contains("12,345 rows, 678 positive, from 2025-06-15T00:00:00Z until 2025-12-02T00:00:00Z")
        .contains("Scores have moved by an index of 0.0300 since training")
        .contains("is as orders_30d");
    assertThat(cells(html))
        .containsSubsequence("figure", "model", "baseline", "incumbent", "population.never")
        .containsSubsequence("ROC AUC", "0.8100 (0.7900 to 0.8300)", "0.7000", "0.7900", "0.6600")
        .containsSubsequence("all", "7,900", "0.2700", "0.2500", "0.7500", "0.4900")
        .containsSubsequence("streams-1", "v2", "LIVE");
    assertThat(links(html))
        .containsExactly(
            "/v1/models",
            "/v1/models?trait=churn",
            "/v1/runs/run%202/report",
            "/v1/models/churn/diff?from=v1&amp;to=v2",
            "/v1/models/churn/v1");
    String first = PAGES.version(versions.getFirst(), versions);
    assertThat(cells(first))
        .containsSubsequence("streams-1", "v2", "52,301", "0.0210", "0.9700", "8.00%");
    assertThat(first).contains("No instance has measured its scores");
  }

  @Test
  void shouldShowWhatDiffersBetweenTwoVersions() {
    String html = PAGES.diff(ModelDiff.of(Dossiers.first("churn"), Dossiers.second("churn")));

    assertThat(cells(html))
        .containsSubsequence("stage", "RETIRED", "LIVE", "differs")
        .containsSubsequence("ROC AUC", "0.7900", "0.8100 (0.7900 to 0.8300)", "+0.0200")
        .containsSubsequence(
            "ROC AUC", "0.8000 (0.7800 to 0.8200)", "0.8100 (0.7900 to 0.8300)", "+0.0100")
        .containsSubsequence("visits_7d", "2. (0.2000)", "dropped: is as orders_30d", "gone")
        .containsSubsequence("max_depth", "4", "6", "differs");
    assertThat(links(html)).contains("/v1/models/churn/diff?from=v2&amp;to=v1");
  }

  @Test
  void shouldEscapeWhateverComesFromOutside() {
    List<Dossier> versions = versions(HOSTILE);
    for (String html :
        List.of(
            PAGES.list(versions),
            PAGES.version(versions.getLast(), versions),
            PAGES.diff(ModelDiff.of(versions.getFirst(), versions.getLast())))) {
      assertThat(html)
          .doesNotContain("<script", "alert('")
          .contains("&lt;script&gt;")
          .contains("default-src 'none'")
          .doesNotContain("http://", "https://", "url(", "javascript:");
      assertThat(links(html))
          .allMatch(it -> it.matches("/v1/[A-Za-z0-9%._/-]+([?][A-Za-z0-9%._=&;-]+)?"), "a path");
    }
  }

  @Test
  void shouldBeTheSameWhateverTheLocaleOfTheMachine() {
    String html = PAGES.list(versions("churn"));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(new HtmlRegistry().list(versions("churn"))).isEqualTo(html);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<Dossier> versions(String trait) {
    return List.of(Dossiers.first(trait), Dossiers.second(trait));
  }

  private static List<String> links(String html) {
    return LINK.matcher(html).results().map(it -> it.group(1)).distinct().toList();
  }

  private static List<String> cells(String html) {
    return CELL.matcher(html).results().map((MatchResult it) -> it.group(1)).toList();
  }
}
