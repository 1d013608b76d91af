package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of the feature store in seconds, as a person would in minutes. */
class BenchFeaturesIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir Path folder;

  private Path figures;
  private Path output;

  @BeforeEach
  void nameFiles() {
    figures = folder.resolve("figures.json");
    output = folder.resolve("output.txt");
  }

  @Test
  void shouldMeasureEveryFigureAndShowATable() throws IOException, InterruptedException {
    Process bench = start();

    assertThat(bench.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as(read(output)).isTrue();
    assertThat(bench.exitValue()).as(read(output)).isZero();
    JsonNode json = JsonMapper.builder().build().readTree(figures.toFile());
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
    assertThat(read(output)).contains("Measuring the garbage of an event …").contains("≤ 1,500 ns");
  }

  @Test
  void shouldLeaveNoProcessBehindWhenItIsEnded() throws InterruptedException {
    Process bench = start();
    await()
        .atMost(LONGEST)
        .until(() -> read(output).contains("Measuring an event") && hasMeasuringJvm(bench));
    List<ProcessHandle> children = new ArrayList<>(bench.descendants().toList());

    bench.destroy();

    assertThat(bench.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(LONGEST).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(figures).doesNotExist();
  }

  /** One JVM drives, and one that it started measures. */
  private static boolean hasMeasuringJvm(Process bench) {
    return bench.descendants().count() > 1;
  }

  private Process start() {
    try {
      return new ProcessBuilder(
              PROJECT.resolve("presage").toString(),
              "bench",
              "features",
              "--quick",
              "--headless",
              "--json",
              figures.toString())
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }
}
