package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the first of the README's two commands as a newcomer would. */
class DemoIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final long LONGEST_MINUTES = 10;

  @Test
  void shouldTrainSwapInAndScoreRealOrdersBetterThanTheBestFeature(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path summaryFile = folder.resolve("summary.json");
    Path output = folder.resolve("output.txt");
    Process demo =
        new ProcessBuilder(
                PROJECT.resolve("presage").toString(),
                "demo",
                "--exit",
                "--headless",
                "--summary",
                summaryFile.toString(),
                "--data-dir",
                folder.resolve("data").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    boolean ended = demo.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      demo.destroy();
    }

    assertThat(ended).as(() -> read(output)).isTrue();
    assertThat(demo.exitValue()).as(() -> read(output)).isZero();
    JsonNode summary = JsonMapper.builder().build().readTree(summaryFile.toFile());
    assertThat(summary.at("/events").longValue()).isEqualTo(22_186);
    assertThat(summary.at("/deadLetters").longValue()).isZero();
    assertThat(summary.at("/traitUpdates").longValue()).isPositive();
    assertThat(summary.at("/silenceUpdates").longValue()).isPositive();
    assertThat(summary.at("/mergeUpdates").longValue()).isEqualTo(1);
    assertThat(summary.at("/triggers").longValue()).isPositive();
    assertThat(summary.at("/heldTriggers").longValue()).isPositive();
    assertThat(summary.at("/seconds/people").doubleValue())
        .as("the device was linked, and the customer erased")
        .isPositive();
    assertThat(summary.at("/segmentChanges").longValue()).isPositive();
    assertThat(summary.at("/swapMillis").longValue()).isPositive();
    assertThat(summary.at("/live/rows").longValue()).isGreaterThan(3_000);
    assertThat(summary.at("/live/prAuc").isNumber()).isTrue();
    assertThat(summary.at("/live/logLoss").isNumber()).isTrue();
    assertThat(summary.at("/live/auc").doubleValue())
        .isGreaterThan(summary.at("/baseline/auc").doubleValue());
    assertThat(summary.at("/weekly/snapshots").longValue()).isEqualTo(10);
    assertThat(summary.at("/weekly/rows").longValue()).isGreaterThan(30_000);
    assertThat(summary.at("/weekly/withoutValue").longValue()).isZero();
    assertThat(summary.at("/weekly/auc").doubleValue())
        .isGreaterThan(summary.at("/weekly/recencyAuc").doubleValue())
        .isGreaterThan(summary.at("/weekly/bestFeatureAuc").doubleValue())
        .isGreaterThan(summary.at("/weekly/withoutSilenceAuc").doubleValue());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }
}
