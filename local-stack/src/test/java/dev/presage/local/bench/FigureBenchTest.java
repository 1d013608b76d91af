package dev.presage.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcessException;
import dev.presage.local.process.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureBenchTest {

  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();

  @Test
  void shouldTellHowFarItIsAndReturnTheFigures() throws IOException {
    FigureFile figures = run(Measures.class);

    assertThat(progress).containsExactly("0.0 the first figure", "0.5 the second figure");
    assertThat(figures.lines())
        .anySatisfy(it -> assertThat(it).matches("first figure +≤ 1,500 ns +1,234 ns +met"))
        .anySatisfy(it -> assertThat(it).matches("second figure +≥ 1.50 × +1.25 × +missed"))
        .anySatisfy(it -> assertThat(it).matches("third figure +≤ 160 B +not measured"))
        .anySatisfy(it -> assertThat(it).matches("fourth figure +71,234 /s"))
        .contains("A processor, 2 cores; A JVM")
        .contains("The machine was busy before (load 1.5): run it again with nothing else running")
        .allMatch(it -> it.length() <= 80);
    Path copy = Files.writeString(folder.resolve("copy.json"), "old");
    figures.copyTo(copy);
    assertThat(copy).content().startsWith("{\"run\"");
  }

  @Test
  void shouldShowTheLogWhereNothingCouldBeMeasured() throws IOException {
    Files.writeString(folder.resolve("figures.json"), "those of last time");

    assertThatThrownBy(() -> run(Fails.class))
        .isInstanceOf(ChildProcessException.class)
        .hasMessageContaining("The benchmark ended with exit code 1")
        .hasMessageContaining("another benchmark is running");
    assertThat(folder.resolve("figures.json")).doesNotExist();
  }

  private FigureFile run(Class<?> main) {
    Path figures = folder.resolve("figures.json");
    ChildJvm jvm =
        ChildJvm.of(
                "benchmark",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.resolve("log"),
                folder)
            .withArguments(figures.toString());
    try (Resources resources = new Resources()) {
      return new FigureBench(jvm, figures)
          .run(resources, (share, doing) -> progress.add(share + " " + doing));
    }
  }

  /** Says how far it is and writes figures, as the benchmarks do. */
  public static final class Measures {

    private Measures() {}

    public static void main(String[] args) throws IOException {
      System.out.println("{\"share\": 0, \"doing\": \"the first figure\"}");
      System.out.println("{\"share\": 0.5, \"doing\": \"the second figure\"}");
      Files.writeString(
          Path.of(args[0]),
          """
          {"run": {
            "machine": {"processor": "A processor", "cores": 2, "jvm": "A JVM", "loadBefore": 1.5},
            "figures": [
              {"meaning": "first figure", "unit": "ns", "bound": "at most", "target": 1500.0,
               "measured": 1234.4, "met": true},
              {"meaning": "second figure", "unit": "times", "bound": "at least", "target": 1.5,
               "measured": 1.25, "met": false},
              {"meaning": "third figure", "unit": "bytes", "bound": "at most", "target": 160.0},
              {"meaning": "fourth figure", "unit": "events/s", "measured": 71234.0}
            ]
          }}
          """);
    }
  }

  /** Fails before it has measured anything. */
  public static final class Fails {

    private Fails() {}

    public static void main(String[] args) {
      System.err.println("another benchmark is running");
      System.exit(1);
    }
  }
}
