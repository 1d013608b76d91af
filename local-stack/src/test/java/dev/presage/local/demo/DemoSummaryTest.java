package dev.presage.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.retrainer.Quality;
import dev.presage.local.retrainer.Quality.Decile;
import dev.presage.local.retrainer.Quality.Figures;
import dev.presage.local.retrainer.SnapshotQuality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSummaryTest {

  private static final DemoSummary SUMMARY =
      new DemoSummary(
          22_186,
          4_321.5,
          9_000,
          2_000,
          1,
          700,
          40,
          15,
          0,
          250,
          "v1",
          new Quality(
              8_000,
              1_500,
              3_000,
              new Figures(0.78, 0.66, 0.55, List.of(new Decile(1, 800, 0.05, 0.06))),
              "days_between_orders",
              new Figures(0.71, 0.6, 0.61, List.of())),
          new SnapshotQuality(10, 36_000, 9_000, 12, 0.76, 0.656, "orders_lifetime", 0.718, 0.74),
          Map.of("history", 3.5));

  @TempDir Path folder;

  @Test
  void shouldWriteTheKeysThatTheHelpDescribes() throws IOException {
    Path file = folder.resolve("summary.json");

    SUMMARY.write(file);

    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.at("/events").asLong()).isEqualTo(22_186);
    assertThat(json.at("/eventsPerSecond").asDouble()).isEqualTo(4_321.5);
    assertThat(json.at("/traitUpdates").asLong()).isEqualTo(9_000);
    assertThat(json.at("/silenceUpdates").asLong()).isEqualTo(2_000);
    assertThat(json.at("/mergeUpdates").asLong()).isEqualTo(1);
    assertThat(json.at("/segmentChanges").asLong()).isEqualTo(700);
    assertThat(json.at("/triggers").asLong()).isEqualTo(40);
    assertThat(json.at("/heldTriggers").asLong()).isEqualTo(15);
    assertThat(json.at("/deadLetters").asLong()).isZero();
    assertThat(json.at("/swapMillis").asLong()).isEqualTo(250);
    assertThat(json.at("/live/auc").asDouble()).isEqualTo(0.78);
    assertThat(json.at("/live/prAuc").asDouble()).isEqualTo(0.66);
    assertThat(json.at("/live/logLoss").asDouble()).isEqualTo(0.55);
    assertThat(json.at("/live/rows").asLong()).isEqualTo(8_000);
    assertThat(json.at("/live/openRows").asLong()).isEqualTo(1_500);
    assertThat(json.at("/live/calibration/0/rate").asDouble()).isEqualTo(0.06);
    assertThat(json.at("/baseline/auc").asDouble()).isEqualTo(0.71);
    assertThat(json.at("/baseline/feature").asText()).isEqualTo("days_between_orders");
    assertThat(json.at("/weekly/auc").asDouble()).isEqualTo(0.76);
    assertThat(json.at("/weekly/recencyAuc").asDouble()).isEqualTo(0.656);
    assertThat(json.at("/weekly/bestFeature").asText()).isEqualTo("orders_lifetime");
    assertThat(json.at("/weekly/bestFeatureAuc").asDouble()).isEqualTo(0.718);
    assertThat(json.at("/weekly/withoutSilenceAuc").asDouble()).isEqualTo(0.74);
    assertThat(json.at("/weekly/snapshots").asLong()).isEqualTo(10);
    assertThat(json.at("/weekly/rows").asLong()).isEqualTo(36_000);
    assertThat(json.at("/weekly/positives").asLong()).isEqualTo(9_000);
    assertThat(json.at("/weekly/withoutValue").asLong()).isEqualTo(12);
    assertThat(json.at("/seconds/history").asDouble()).isEqualTo(3.5);
  }

  @Test
  void shouldShowEachFigureBesideTheBaseline() {
    assertThat(SUMMARY.lines())
        .anySatisfy(line -> assertThat(line).matches("ROC AUC +0.7800 +0.7100 .*"))
        .anySatisfy(line -> assertThat(line).contains("22,186"))
        .anySatisfy(line -> assertThat(line).contains("baseline: days_between_orders"))
        .anySatisfy(line -> assertThat(line).matches("the likelihood .* 0.7600"))
        .anySatisfy(line -> assertThat(line).matches("the best feature, orders_lifetime +0.7180"))
        .anySatisfy(line -> assertThat(line).contains("36,000 rows of 10 weeks"))
        .anySatisfy(line -> assertThat(line).contains("12 more rows are left out"))
        .anySatisfy(line -> assertThat(line).contains("1,500 more rows are left out"))
        .anySatisfy(line -> assertThat(line).matches("1 +800 +0.050 +0.060 +- +- +-"));
  }
}
