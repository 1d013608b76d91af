package dev.presage.local.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUN =
      """
      {"id": "r1", "evaluation": {"learned": {"constantBaselines": {
        "constant": {"auc": 0.5, "prAuc": 0.3, "logLoss": 0.65, "liftTop10": null}}}}}
      """;
  private static final String REPORT =
      """
      {"trait": "repurchase-30d", "state": "PUBLISHED", "reason": "AUC is better",
       "findings": {
         "data": {"trainingRows": 12345, "trainingPositives": 2345, "trainedUntil": "2011-08-01T03:00:00Z",
                  "evaluatedFrom": "2011-09-02T00:00:00Z", "evaluatedUntil": "2011-11-09T00:00:00Z"},
         "predictors": [
           {"name": "model", "rows": 4567, "positives": 1234,
            "figures": {"auc": {"value": 0.81, "low": 0.79, "high": 0.83}, "logLoss": {"value": 0.5}}},
           {"name": "baseline orders_90d", "figures": {"auc": {"value": 0.78}}}],
         "populations": [
           {"name": "at calendar times", "rows": 9876, "figures": {"auc": {"value": 0.75}}}]}}
      """;
  private static final String HELD =
      """
      {"trait": "churn-90d", "state": "HELD", "reason": "Not enough data", "findings": null}
      """;

  @TempDir Path folder;

  @Test
  void shouldPutModelsBesideTheirBaselines() throws IOException {
    assertThat(ResultsTable.lines(results()))
        .contains(
            "| repurchase-30d | 12,345 rows, 2,345 positive, as of 2011-08-01 and before | 2011-09-02 to 2011-11-09 | 4,567 | 1,234 | PUBLISHED |",
            "| churn-90d | – | – | – | – | HELD |",
            "| repurchase-30d | model | 0.8100 (0.7900 to 0.8300) | – | 0.5000 | – | – |",
            "| repurchase-30d | baseline orders_90d | 0.7800 | – | – | – | – |",
            "| repurchase-30d | everybody the rate of all training rows | 0.5000 | 0.3000 | 0.6500 | – | – |",
            "| repurchase-30d | model, at calendar times (9,876 rows) | 0.7500 | – | – | – | – |",
            "- churn-90d: Not enough data");
  }

  @Test
  void shouldWriteEverythingThatIsKnown() throws IOException {
    Path file = folder.resolve("results.json");

    ResultsTable.write(results(), file);

    JsonNode written = JSON.readTree(file.toFile());
    assertThat(written).hasSize(2);
    assertThat(written.path(0).path("report")).isEqualTo(JSON.readTree(REPORT));
    assertThat(written.path(0).path("run")).isEqualTo(JSON.readTree(RUN));
  }

  private static List<TraitResult> results() throws IOException {
    return List.of(
        new TraitResult(JSON.readTree(RUN), JSON.readTree(REPORT)),
        new TraitResult(JSON.readTree(RUN), JSON.readTree(HELD)));
  }
}
