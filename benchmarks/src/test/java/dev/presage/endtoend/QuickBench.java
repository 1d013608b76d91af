package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** {@code ./presage bench … --quick}, run as a person would, from another folder. */
final class QuickBench {
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private final Path figures;
  private final Path output;
  private final Process process;

  /**
   * Starts it.
   *
   * @param what features, models or e2e
   */
  QuickBench(String what, Path folder) throws IOException {
    figures = folder.resolve("figures.json");
    output = folder.resolve("output.txt");
    process =
        new ProcessBuilder(
                PROJECT.resolve("presage").toString(),
                "bench",
                what,
                "--quick",
                "--headless",
                "--json",
                figures.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  Process process() {
    return process;
  }

  Path figures() {
    return figures;
  }

  /** What it wrote to the file of figures, once it has ended well. */
  JsonNode measured() throws IOException, InterruptedException {
    boolean ended = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
    process.destroy();
    assertThat(ended).as(output()).isTrue();
    assertThat(process.exitValue()).as(output()).isZero();
    return JsonMapper.builder().build().readTree(figures.toFile());
  }

  /** What it has printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "no output: " + e;
    }
  }
}
