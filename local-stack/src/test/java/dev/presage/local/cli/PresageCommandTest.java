package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.local.installation.ProjectHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresageCommandTest {

  @TempDir Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void shouldExplainEveryCommandWithExamplesAndExitCodes() {
    for (String command :
        List.of("demo", "up", "play", "tail", "features", "traits", "train", "bench")) {
      output.reset();

      assertThat(PresageCommand.execute(command, "--help")).isZero();
      assertThat(output.toString(StandardCharsets.UTF_8))
          .contains("Example")
          .contains("./presage " + command)
          .contains("Exit codes:");
    }
  }

  @Test
  void shouldKeepTheHelpWithinEightyColumns() {
    PresageCommand.execute("demo", "--help");
    PresageCommand.execute("play", "--help");
    PresageCommand.execute("bench", "features", "--help");
    PresageCommand.execute("features", "explain", "--help");
    PresageCommand.execute("traits", "--help");
    PresageCommand.execute("traits", "check", "--help");
    PresageCommand.execute("models", "diff", "--help");

    assertThat(output.toString(StandardCharsets.UTF_8).lines()).allMatch(it -> it.length() <= 80);
  }

  @Test
  void shouldSayWhatIsWrongWithACommandLine() {
    assertThat(PresageCommand.execute()).isEqualTo(2);
    assertThat(PresageCommand.execute("plai")).isEqualTo(2);
    assertThat(PresageCommand.execute("play", "x.csv", "--rate", "fast")).isEqualTo(2);
    assertThat(PresageCommand.execute("play", "nowhere.csv")).isEqualTo(2);
    assertThat(PresageCommand.execute("tail", "events", "--max", "0")).isEqualTo(2);
    assertThat(PresageCommand.execute("simulate", "--history", "100")).isEqualTo(2);
    assertThat(errors())
        .contains("Which command?")
        .contains("Did you mean: presage play")
        .contains("'fast' is not a rate such as 500/s")
        .contains("There is no file nowhere.csv")
        .contains("--max must be at least 1, got 0")
        .contains("--history is 100; expected at least 120")
        .contains("Try './presage play --help'.")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseASummaryThatCannotBeWrittenBeforeTheDemoRuns() {
    String nowhere = folder.resolve("nowhere").resolve("summary.json").toString();

    assertThat(PresageCommand.execute("demo", "--summary", nowhere)).isEqualTo(2);
    assertThat(PresageCommand.execute("demo", "--summary", folder.toString())).isEqualTo(2);
    assertThat(errors()).contains("The summary cannot be written to " + nowhere);
  }

  @Test
  void shouldNameTheKeysOfTheFigures() {
    assertThat(PresageCommand.execute("bench", "features", "--help")).isZero();
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("--json=FILE", "--quick", "./presage bench features --json figures.json")
        .contains("applyAndVectorNanos", "storeSpeedup", "Exit codes:");
    assertThat(PresageCommand.execute("bench", "models", "--help")).isZero();
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("./presage bench models --json figures.json", "rowNanos", "publishToLiveMillis");
    assertThat(PresageCommand.execute("bench", "training", "--help")).isZero();
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("./presage bench training --json figures.json", "replayEventsPerSecond");
  }

  @Test
  void shouldSayWhichBenchmarksThereAre() {
    assertThat(PresageCommand.execute("bench")).isEqualTo(2);
    assertThat(PresageCommand.execute("bench", "featurs")).isEqualTo(2);
    assertThat(errors())
        .contains("Which benchmark? There are features, models, training and e2e")
        .contains("Did you mean: bench features");
  }

  @Test
  void shouldRefuseFiguresThatCannotBeWrittenBeforeTheyAreMeasured() {
    String nowhere = folder.resolve("nowhere").resolve("figures.json").toString();

    assertThat(PresageCommand.execute("bench", "features", "--json", nowhere)).isEqualTo(2);
    assertThat(errors()).contains("The figures cannot be written to " + nowhere);
  }

  @Test
  void shouldSayThatTheBenchmarksAreNotBuilt() throws IOException {
    Files.createDirectories(folder.resolve("local-stack"));
    String home = System.getProperty(ProjectHome.PROPERTY);
    System.setProperty(ProjectHome.PROPERTY, folder.toString());
    try {
      assertThat(PresageCommand.execute("bench", "features")).isEqualTo(1);
    } finally {
      if (home == null) {
        System.clearProperty(ProjectHome.PROPERTY);
      } else {
        System.setProperty(ProjectHome.PROPERTY, home);
      }
    }
    assertThat(errors())
        .contains("benchmarks is not built")
        .contains("Build it with 'mvn package'");
  }

  @Test
  void shouldSayThatNothingRuns() {
    assertThat(PresageCommand.execute("tail", "events", "--data-dir", folder.toString()))
        .isEqualTo(3);
    assertThat(PresageCommand.execute("train", "t", "--data-dir", folder.toString())).isEqualTo(3);
    assertThat(errors())
        .contains("Nothing is running that wrote its addresses; start './presage up'")
        .contains("or give --retrainer");
  }

  @Test
  void shouldNameTheRetrainerThatDoesNotAnswer() {
    assertThat(PresageCommand.execute("train", "t", "--retrainer", "http://127.0.0.1:1"))
        .isEqualTo(3);
    assertThat(errors()).contains("No retrainer answers at http://127.0.0.1:1");
  }

  @Test
  void shouldNameEverythingThatIsWrongWithAMapping() throws IOException {
    Path file = Files.writeString(folder.resolve("x.csv"), "a\n");
    Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "typ: {column: a}\n");

    assertThat(PresageCommand.execute("play", file.toString(), "--mapping", mapping.toString()))
        .isEqualTo(4);
    assertThat(errors())
        .contains("type is missing")
        .contains("occurredAt is missing")
        .contains("typ is not known; did you mean type?");
  }

  @Test
  void shouldRefuseToEmptyAForeignFolderForTheDemo() throws IOException {
    Files.writeString(folder.resolve("precious.txt"), "mine");

    assertThat(PresageCommand.execute("demo", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(errors()).contains("is not empty and no earlier run made it");
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
