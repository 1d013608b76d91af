package dev.presage.local.retrainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTablesTest {

  @Test
  void shouldPutTheModelBesideItsBaseline() throws JsonProcessingException {
    List<String> lines =
        lines(
            """
            {"run": "r1", "trait": "t", "state": "PUBLISHED", "modelVersion": "v1",
             "reason": "AUC is better",
             "findings": {
               "predictors": [
                 {"name": "model", "rows": 100, "positives": 10,
                  "figures": {"auc": {"value": 0.81, "low": 0.78, "high": 0.84},
                              "liftTop10": {"value": 3.1, "low": null, "high": null}}},
                 {"name": "baseline orders_90d", "figures": {"auc": {"value": 0.7}}}],
               "populations": [
                 {"name": "never", "rows": 1200, "positives": 7, "figures": {}}],
               "thresholds": [
                 {"goal": "the highest F1", "score": 0.4, "share": 0.2, "precision": 0.5,
                  "recall": null, "f1": 0.5}],
               "importance": [{"feature": "orders_30d", "value": 0.5}],
               "stability": [{"feature": "visits_7d", "value": 0.31}],
               "scorePeriods": [
                 {"name": "2025-08-01", "rows": 1300, "meanScore": 0.2, "meanLabel": 0.1, "index": null}]}}
            """);

    assertThat(lines)
        .startsWith("t: run r1 is PUBLISHED", "model v1", "AUC is better")
        .anyMatch(it -> it.matches("ROC AUC +0.8100 \\(0.7800 to 0.8400\\) +0.7000"))
        .anyMatch(it -> it.matches("lift, top 10% +3.1000 +-"))
        .anyMatch(it -> it.matches("never +1,200 +7 +- +-"))
        .anyMatch(it -> it.matches("the highest F1 +0.4000 +0.2000 +0.5000 +-"))
        .anyMatch(it -> it.matches("visits_7d +0.3100"))
        .anyMatch(it -> it.matches("2025-08-01 +1,300 +0.2000 +0.1000 +-"));
  }

  @Test
  void shouldShowTheFiguresOfAmounts() throws JsonProcessingException {
    List<String> lines =
        lines(
            """
            {"run": "r1", "trait": "t", "state": "PUBLISHED",
             "findings": {
               "data": {"kind": "VALUE"},
               "predictors": [
                 {"name": "model", "figures": {"deviance": {"value": 12.5, "low": 11, "high": 14}}},
                 {"name": "baseline revenue_90d", "figures": {"deviance": {"value": 20}}}],
               "populations": [
                 {"name": "never", "rows": 1200, "positives": 7,
                  "figures": {"normalisedGini": {"value": 0.3}, "deviance": {"value": 8}}}],
               "thresholds": [], "importance": [], "stability": []}}
            """);

    assertThat(lines)
        .anyMatch(it -> it.matches("Tweedie deviance +12.5000 \\(11.0000 to 14.0000\\) +20.0000"))
        .anyMatch(it -> it.matches("population +rows +above 0 +normalised Gini +Tweedie deviance"))
        .anyMatch(it -> it.matches("never +1,200 +7 +0.3000 +8.0000"))
        .doesNotContain("Thresholds");
  }

  @Test
  void shouldSayWhyThereAreNoFigures() throws JsonProcessingException {
    assertThat(
            lines(
                """
                {"run": "r1", "trait": "t", "state": "HELD", "modelVersion": null,
                 "reason": "Not enough data: 3 events", "findings": null}
                """))
        .containsExactly("t: run r1 is HELD", "Not enough data: 3 events");
  }

  private static List<String> lines(String json) throws JsonProcessingException {
    return ReportTables.lines(new ObjectMapper().readTree(json));
  }
}
