package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of models in seconds, as a person would in minutes. */
@Tag("slow") // Minutes: -Pslow-tests runs it.
class BenchModelsIT {
  @TempDir Path folder;

  @Test
  void shouldMeasureEveryFigureAndShowATable() throws IOException, InterruptedException {
    QuickBench bench = new QuickBench("models", folder);

    JsonNode json = bench.measured();
    for (String key :
        List.of(
            "rowNanos",
            "nativeSpeedup",
            "predictorSpeedup",
            "largeRowNanos",
            "shapMicros",
            "shapSpeedup",
            "compileMillis",
            "publishToLiveMillis")) {
      assertThat(json.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(json.path("allocatedBytesPerScore").doubleValue()).isNotNegative();
    assertThat(json.path("rowNanos").doubleValue())
        .isLessThan(json.path("largeRowNanos").doubleValue());
    assertThat(bench.output()).contains("Measuring a row, 100 trees …").contains("≤ 1,000 ns");
  }
}
