package dev.presage.endtoend;

import static dev.presage.endtoend.QuickBench.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of the feature store in seconds, as a person would in minutes. */
@Tag("slow") // Minutes: -Pslow-tests runs it.
class BenchFeaturesIT {
  @TempDir Path folder;

  @Test
  void shouldMeasureEveryFigureAndShowATable() throws IOException, InterruptedException {
    QuickBench bench = new QuickBench("features", folder);

    JsonNode json = bench.measured();
    for (String key :
        List.of(
            "applyAndVectorNanos",
            "roundTripNanos",
            "windowCostRatio",
            "encodedBytesSmall",
            "encodedBytes",
            "encodedBytesHuge")) {
      assertThat(json.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(json.path("allocatedBytesPerEvent").doubleValue()).isNotNegative();
    assertThat(json.path("encodedBytesSmall").doubleValue())
        .isLessThan(json.path("encodedBytes").doubleValue());
    assertThat(bench.output())
        .contains("Measuring the garbage of an event …")
        .contains("≤ 1,500 ns");
  }

  @Test
  void shouldLeaveNoProcessBehindWhenItIsEnded() throws IOException, InterruptedException {
    QuickBench bench = new QuickBench("features", folder);
    Process process = bench.process();
    await()
        .atMost(LONGEST)
        .until(() -> bench.output().contains("Measuring an event") && hasMeasuringJvm(process));
    List<ProcessHandle> children = new ArrayList<>(process.descendants().toList());

    process.destroy();

    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(LONGEST).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(bench.figures()).doesNotExist();
  }

  /** One JVM drives, and one that it started measures. */
  private static boolean hasMeasuringJvm(Process bench) {
    return bench.descendants().count() > 1;
  }
}
