package dev.presage.local.retrainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTablesTest {
  private static final String MODEL =
      """
      {"trait": "churn", "version": "v1", "stage": "LIVE", "canaryShare": 0.05, "scores": true, "kind": "XGBOOST_UBJSON",
       "payloadBytes": 32255, "checksum": "00ff", "featureSchema": "f1", "goldenRows": 40,
       "metrics": {"auc": 0.81234567}, "approvedBy": "gate\\u001b[2J",
       "lineage": {"createdAt": "2026-01-02T03:04:05Z", "rows": 1200, "positives": 300,
                   "trainedFrom": "2025-01-01T00:00:00Z", "trainedUntil": "2025-12-01T00:00:00Z",
                   "parameters": {"max_depth": "4"}, "parent": "v0"},
       "instances": [
         {"instance": "streams-1", "version": "v1", "outcome": "LIVE", "code": null, "reason": null,
          "liveVersion": "v1", "decidedAt": "2026-01-02T03:04:06Z"},
         {"instance": "streams-2", "version": "v1", "outcome": "REJECTED",
          "code": "CHECKSUM_MISMATCH", "reason": "other bytes", "liveVersion": "v0",
          "decidedAt": "2026-01-02T03:04:07Z"}],
       "quality": {"measuredAt": "2026-02-02T03:04:07Z", "scoreStability": 0.03,
          "overall": {"labelled": 7900, "meanScore": 0.27, "meanLabel": 0.25, "logLoss": 0.49, "auc": 0.74},
          "atEvents": {"labelled": 5100, "meanScore": 0.31, "meanLabel": 0.3, "logLoss": 0.53, "auc": 0.79}},
       "challenges": [
         {"instance": "streams-1", "liveVersion": "v0", "pairs": 52301, "meanAbsoluteDifference": 0.021,
          "changedBands": 0.08, "rankCorrelation": null}]}
      """;

  @Test
  void shouldListWhichVersionScoresWhere() throws JsonProcessingException {
    List<String> lines = ModelTables.list(List.of(model()));

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("trait  version  stage  scores on");
    assertThat(lines.getLast())
        .startsWith(
            "churn  v1       LIVE   1 instance  0.8123        0.7400 of 7,900  XGBOOST_UBJSON  32 kB"
                + "  2026-01-02T03:04:05Z");
  }

  @Test
  void shouldSayHowManyACanaryScores() throws JsonProcessingException {
    ModelVersion canary =
        ModelVersion.of(
            new ObjectMapper()
                .readTree(MODEL.replace("\"stage\": \"LIVE\"", "\"stage\": \"CANARY\"")));

    assertThat(ModelTables.list(List.of(canary)).getLast()).contains("CANARY 5.00%");
  }

  @Test
  void shouldShowWhereAVersionComesFromAndWhatInstancesDecided() throws JsonProcessingException {
    String shown = String.join("\n", ModelTables.show(model()));

    assertThat(shown)
        .contains("LIVE, scores")
        .contains("1,200 rows, 300 positive, from 2025-01-01T00:00:00Z")
        .contains("max_depth")
        .contains("0.812346")
        .containsPattern("all scores +7,900 +0.2700 +0.2500 +0.7400 +0.4900")
        .containsPattern("at events +5,100")
        .containsPattern("scores moved \\(PSI\\) +0.0300")
        .containsPattern("streams-1 +v0 +52,301 +0.0210 +- +0.0800")
        .containsPattern("streams-2 +v0 +REJECTED +v1 +.* +CHECKSUM_MISMATCH: other bytes");
  }

  @Test
  void shouldNotLetWhatOthersWroteSteerTheTerminal() throws JsonProcessingException {
    assertThat(ModelTables.list(List.of(model())).getLast())
        .doesNotContain("\u001b")
        .contains("gate\\u001b[2J");
  }

  @Test
  void shouldSayHowToGetAModelWhereThereIsNone() {
    assertThat(ModelTables.list(List.of()))
        .hasSize(1)
        .first()
        .asString()
        .contains("./presage train");
  }

  @Test
  void shouldShowAVersionThatNobodyMeasured() throws JsonProcessingException {
    ObjectNode unmeasured = (ObjectNode) new ObjectMapper().readTree(MODEL);
    unmeasured.putNull("quality").putArray("challenges");

    assertThat(ModelTables.list(List.of(ModelVersion.of(unmeasured))).getLast())
        .containsPattern("0.8123 +- +XGBOOST");
    assertThat(String.join("\n", ModelTables.show(ModelVersion.of(unmeasured))))
        .doesNotContain("in service", "beside");
  }

  private static ModelVersion model() throws JsonProcessingException {
    return ModelVersion.of(new ObjectMapper().readTree(MODEL));
  }
}
