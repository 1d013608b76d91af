package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of training in seconds, as a person would in minutes. */
@Tag("slow") // A minute: -Pslow-tests runs it.
class BenchTrainingIT {
  @TempDir Path folder;

  @Test
  void shouldMeasureEveryFigureAndShowATable() throws IOException, InterruptedException {
    QuickBench bench = new QuickBench("training", folder);

    JsonNode json = bench.measured();
    for (String key :
        List.of(
            "replayEventsPerSecond",
            "foldEventsPerSecond",
            "runSeconds",
            "readingSeconds",
            "memoryMegabytes")) {
      assertThat(json.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(json.path("readingSeconds").doubleValue())
        .isLessThan(json.path("runSeconds").doubleValue());
    assertThat(bench.output()).contains("≥ 300,000 events/s");
  }
}
