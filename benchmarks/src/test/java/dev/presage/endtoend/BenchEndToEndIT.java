package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.presage.figures.Figure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the whole from end to end with a few events, as a person would with millions. */
@Tag("slow") // Minutes: -Pslow-tests runs it.
class BenchEndToEndIT {
  @TempDir Path folder;

  @Test
  void shouldMeasureEveryFigureAndShowATable() throws IOException, InterruptedException {
    QuickBench bench = new QuickBench("e2e", folder);

    JsonNode json = bench.measured();
    for (Figure figure : EndToEndFigures.all()) {
      double value = json.path(figure.key()).asDouble(Double.NaN);
      if (figure.key().startsWith("pass.") && figure.key().endsWith(".changelogBytesPerEvent")) {
        assertThat(value).as(figure.key()).isZero();
      } else {
        assertThat(value).as(figure.key()).isPositive();
      }
    }
    for (String guarantee : new String[] {"at_least_once", "exactly_once_v2"}) {
      assertThat(json.path("ratioToNaive." + guarantee).doubleValue())
          .isEqualTo(
              json.path("presage." + guarantee + ".eventsPerSecond").doubleValue()
                  / json.path("naive." + guarantee + ".eventsPerSecond").doubleValue());
      assertThat(json.path("p50Millis." + guarantee).doubleValue())
          .isLessThanOrEqualTo(json.path("p99Millis." + guarantee).doubleValue());
    }
    assertThat(bench.output())
        .contains("Measuring presage, exactly_once_v2, round 1 …")
        .contains("Measuring latency, at_least_once …")
        .contains("≥ 0.75 ×");
  }
}
