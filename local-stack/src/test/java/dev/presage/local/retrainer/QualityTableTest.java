package dev.presage.local.retrainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityTableTest {

  @Test
  void shouldPutLikelihoodsBesideTheirBaseline() throws JsonProcessingException {
    List<String> lines =
        lines(
            """
            {"rows": 1200, "positives": 300,
             "model": {"auc": 0.81, "prAuc": 0.7, "logLoss": 0.5, "mae": null,
                       "calibration": [{"decile": 1, "rows": 120, "meanScore": 0.1, "rate": 0.2}]},
             "baseline": {"feature": "orders_90d", "auc": 0.7, "prAuc": 0.6, "logLoss": 0.6}}
            """);

    assertThat(lines)
        .anyMatch(it -> it.matches("ROC AUC +0.8100 +0.7000 .*"))
        .anyMatch(it -> it.matches("1 +120 +0.100 +0.200 .*"))
        .contains("1,200 rows, 300 of them positive");
  }

  @Test
  void shouldPutAmountsBesideTheirBaseline() throws JsonProcessingException {
    List<String> lines =
        lines(
            """
            {"rows": 1200, "positives": 300,
             "model": {"auc": null, "deviance": 65.5, "normalisedGini": 0.9, "mae": 1136.3,
                       "rmse": 4667.9, "sumRatio": 0.47},
             "baseline": {"feature": "revenue_log", "deviance": 71.2, "normalisedGini": 0.89,
                          "mae": 1239.9, "rmse": 4572.6, "sumRatio": 0.61}}
            """);

    assertThat(lines)
        .anyMatch(it -> it.matches("deviance +65.5000 +71.2000 +\\(lower is better\\)"))
        .anyMatch(it -> it.matches("Gini +0.9000 +0.8900 .*"))
        .anyMatch(it -> it.matches("sum ratio +0.4700 +0.6100 +\\(near 1 is better\\)"))
        .contains("1,200 rows, 300 of them above 0")
        .noneMatch(it -> it.startsWith("ROC"));
  }

  private static List<String> lines(String json) throws JsonProcessingException {
    return QualityTable.lines(Quality.of(new ObjectMapper().readTree(json)));
  }
}
