package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the figures of models in seconds, as a person would in minutes. */
class BenchModelsIT {
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
            "rowNanos",
            "nativeSpeedup",
            "predictorSpeedup",
            "largeRowNanos",
            "compileMillis",
            "publishToLiveMillis")) {
      assertThat(json.path(key).doubleValue()).as(key).isPositive();
    }
    assertThat(json.path("allocatedBytesPerScore").doubleValue()).isNotNegative();
    assertThat(json.has("shapMicros")).isTrue();
    assertThat(json.path("rowNanos").doubleValue())
        .isLessThan(json.path("largeRowNanos").doubleValue());
    assertThat(read(output)).contains("Measuring a row, 100 trees …").contains("≤ 1,000 ns");
  }

  private Process start() {
    try {
      return new ProcessBuilder(
              PROJECT.resolve("presage").toString(),
              "bench",
              "models",
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
