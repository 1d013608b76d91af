package dev.presage.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8);
  private final Console console = new Console(stream, stream, true);

  @Test
  void shouldSayEachPhraseOfALongTaskOnceWhereThereAreNoBars() {
    try (Progress progress = console.longProgress("Measuring", 10)) {
      progress.at(0, "one thing");
      progress.at(4, "one thing");
      progress.at(5, "another");
    }

    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("Measuring one thing …", "Measuring another …");
  }

  @Test
  void shouldNotShowTheWayOfAShortTaskWhereThereAreNoBars() {
    try (Progress progress = console.progress("Training", 10)) {
      progress.at(4, "one thing");
    }

    assertThat(output.size()).isZero();
  }
}
