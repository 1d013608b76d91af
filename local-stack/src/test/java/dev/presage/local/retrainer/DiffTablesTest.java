package dev.presage.local.retrainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiffTablesTest {
  private static final String DIFF =
      """
      {"trait": "churn", "from": "v1", "to": "v2",
       "stage": [{"name": "stage", "from": "LIVE", "to": "SHADOW"},
                 {"name": "approved by", "from": "me\\u001b[2J", "to": null}],
       "lineage": [{"name": "kind", "from": "XGBOOST_UBJSON", "to": "LINEAR"}],
       "figures": [
         {"of": "", "name": "auc", "from": {"value": 0.8, "low": 0.78, "high": 0.82},
          "to": {"value": 0.81, "low": null, "high": null}, "difference": 0.01},
         {"of": "population.never", "name": "rows", "from": {"value": 1200.0},
          "to": null, "difference": null}],
       "sameRows": [], "inService": [], "parameters": [],
       "features": [
         {"feature": "orders_30d", "from": {"rank": 1, "contribution": 0.5},
          "to": {"rank": 2, "contribution": 0.25}},
         {"feature": "visits_7d", "from": {"rank": 2, "contribution": 0.1}, "to": null,
          "droppedTo": "is constant"}],
       "calibration": [{"name": "method", "from": "none", "to": "PLATT"}]}
      """;

  @Test
  void shouldShowWhatDiffers() throws JsonProcessingException {
    String shown = String.join("\n", lines(DIFF));

    assertThat(shown)
        .containsPattern("stage +LIVE +SHADOW")
        .containsPattern("ROC AUC +0.8000 \\(0.7800 to 0.8200\\) +0.8100 +\\+0.0100")
        .containsPattern("population.never: rows +1,200 +- +-")
        .containsPattern("orders_30d +1. \\(0.5000\\) +2. \\(0.2500\\)")
        .containsPattern("visits_7d +2. \\(0.1000\\) +dropped: is constant")
        .containsPattern("method +none +PLATT")
        .containsPattern("kind +XGBOOST_UBJSON +LINEAR");
  }

  @Test
  void shouldLeaveOutWhatThereIsNothingOf() throws JsonProcessingException {
    assertThat(lines(DIFF))
        .doesNotContain("In service", "Parameters that differ")
        .noneMatch(it -> it.startsWith("On the same"));
  }

  @Test
  void shouldNotLetWhatOthersWroteSteerTheTerminal() throws JsonProcessingException {
    assertThat(String.join("", lines(DIFF))).doesNotContain("\u001b").contains("me\\u001b[2J");
  }

  private static List<String> lines(String diff) throws JsonProcessingException {
    return DiffTables.lines(new ObjectMapper().readTree(diff));
  }
}
