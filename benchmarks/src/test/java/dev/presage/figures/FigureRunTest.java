package dev.presage.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureRunTest {
  private static final Figure TIME = Figure.atMost(1_500, "ns", "timeNanos", "time");
  private static final Figure BYTES = Figure.atMost(160, "bytes", "bytes", "bytes");
  private static final Figure SPEEDUP = Figure.atLeast(1.5, "times", "speedup", "speedup");

  @TempDir Path folder;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("figures.json");
  }

  @Test
  void shouldWriteTheKeysOfAllFiguresAndHowTheyWereMeasured() throws Exception {
    measure(new Given(1, TIME, 1_499.5), new Given(3, SPEEDUP, 1.25));

    JsonNode report = new ObjectMapper().readTree(file.toFile());
    assertThat(report.fieldNames())
        .toIterable()
        .containsExactly("timeNanos", "bytes", "speedup", "run");
    assertThat(report.at("/timeNanos").doubleValue()).isEqualTo(1_499.5);
    assertThat(report.at("/speedup").doubleValue()).isEqualTo(1.25);
    assertThat(report.at("/bytes").isNull()).isTrue();
    assertThat(report.at("/run/machine/cores").intValue()).isPositive();
    assertThat(report.at("/run/machine/jvm").textValue()).contains("25");
    assertThat(report.at("/run/effort").textValue()).isEqualTo("QUICK");
    assertThat(report.at("/run/began").textValue()).endsWith("Z");
    JsonNode first = report.at("/run/figures/0");
    assertThat(first.path("target").doubleValue()).isEqualTo(1_500);
    assertThat(first.path("met").booleanValue()).isTrue();
    assertThat(first.path("how").textValue()).isEqualTo("given");
    assertThat(report.at("/run/figures/1").has("met")).isFalse();
    assertThat(report.at("/run/figures/2/met").booleanValue()).isFalse();
  }

  @Test
  void shouldWriteAFigureOfWhichNothingIsAsked() throws Exception {
    Figure rate = Figure.plain("events/s", "line.rate", "events a second");

    measure(new Given(1, rate, 70_000));

    JsonNode described = new ObjectMapper().readTree(file.toFile()).at("/run/figures/3");
    assertThat(described.path("measured").doubleValue()).isEqualTo(70_000);
    assertThat(described.has("bound") || described.has("target") || described.has("met")).isFalse();
  }

  @Test
  void shouldSayHowMuchOfTheWholeIsDone() throws Exception {
    measure(new Given(1, BYTES, 900), new Given(3, TIME, 0));

    assertThat(output.toString(StandardCharsets.UTF_8).lines().map(FigureRunTest::json))
        .extracting(line -> line.path("share").doubleValue() + " " + line.path("doing").asText())
        .containsExactly("0.0 bytes", "0.125 bytes", "0.25 timeNanos", "0.625 timeNanos");
  }

  @Test
  void shouldWriteNothingWhereASourceFails() {
    FigureSource failing =
        new Given(1, BYTES, 900) {
          @Override
          public Map<Figure, Measured> measure(Effort effort, Progress progress) {
            throw new IllegalStateException("no broker");
          }
        };

    assertThatIllegalStateException().isThrownBy(() -> measure(failing)).withMessage("no broker");
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldRefuseFiguresThatAreNoNumbers() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Measured(Double.NaN, "0 of 0"));
  }

  private void measure(FigureSource... sources) throws Exception {
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    List<Figure> figures = new ArrayList<>(List.of(TIME, BYTES, SPEEDUP));
    for (FigureSource source : sources) {
      if (source instanceof Given given && !figures.contains(given.figure)) {
        figures.add(given.figure);
      }
    }
    new FigureRun(figures, List.of(sources), Effort.QUICK, out).measure(file);
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }

  /** A source that knows its figure. */
  private static class Given implements FigureSource {
    private final int seconds;
    private final Figure figure;
    private final double value;

    Given(int seconds, Figure figure, double value) {
      this.seconds = seconds;
      this.figure = figure;
      this.value = value;
    }

    @Override
    public Duration expected(Effort effort) {
      return Duration.ofSeconds(seconds);
    }

    @Override
    public Map<Figure, Measured> measure(Effort effort, Progress progress) {
      progress.at(0, figure.key());
      progress.at(0.5, figure.key());
      return Map.of(figure, new Measured(value, "given"));
    }
  }
}
