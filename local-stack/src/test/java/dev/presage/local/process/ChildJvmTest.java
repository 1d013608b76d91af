package dev.presage.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void shouldRunTheMainClassWithItsPropertiesAndArguments() throws Exception {
    ChildJvm child =
        child(Greets.class)
            .withSystemProperties(Map.of("greeting", "good morning"))
            .withArguments("Ada");

    try (ChildProcess process = child.start()) {
      process.awaitReady(PATIENCE, () -> log().contains("good morning, Ada"));
      assertThat(process.isAlive()).isTrue();
    }
  }

  @Test
  void shouldEndWhenItIsClosed() {
    ChildProcess process = child(Greets.class).withArguments("Ada").start();
    process.awaitReady(PATIENCE, () -> log().contains("Ada"));

    process.close();

    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void shouldSayWithWhichCodeAChildEndedAndShowItsLog() {
    try (ChildProcess process = child(Fails.class).withArguments("no such luck").start()) {
      assertThatThrownBy(() -> process.awaitReady(PATIENCE, () -> false))
          .isInstanceOf(ChildProcessException.class)
          .hasMessageContaining("test child ended with exit code 1")
          .hasMessageContaining("no such luck")
          .hasMessageContaining(folder.resolve("child.log").toString());
    }
  }

  @Test
  void shouldShowTheEndOfALogThatIsNoText() {
    try (ChildProcess process = child(Babbles.class).start()) {
      assertThatThrownBy(() -> process.awaitReady(PATIENCE, () -> false))
          .isInstanceOf(ChildProcessException.class)
          .hasMessageContaining("test child ended with exit code 1")
          .hasMessageContaining("no such luck");
    }
  }

  @Test
  void shouldSayThatAChildWasNotReadyInTime() {
    try (ChildProcess process = child(Greets.class).withArguments("Ada").start()) {
      assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(1), () -> false))
          .isInstanceOf(ChildProcessException.class)
          .hasMessageContaining("was not ready after 0 seconds");
    }
  }

  @Test
  void shouldTellItsLinesAndKeepTheLogForErrors() throws Exception {
    List<String> lines = new ArrayList<>();
    try (ChildProcess process = child(Tells.class).withArguments("0").startTelling()) {
      process.follow(lines::add);
    }

    assertThat(lines).containsExactly("one", "two");
    assertThat(log()).isEqualTo("for the log\n");
  }

  @Test
  void shouldSayThatAChildFailedAfterItsLastLine() {
    List<String> lines = new ArrayList<>();
    try (ChildProcess process = child(Tells.class).withArguments("3").startTelling()) {
      assertThatThrownBy(() -> process.follow(lines::add))
          .isInstanceOf(ChildProcessException.class)
          .hasMessageContaining("test child ended with exit code 3")
          .hasMessageContaining("for the log");
    }
    assertThat(lines).containsExactly("one", "two");
  }

  private ChildJvm child(Class<?> main) {
    return ChildJvm.of(
        "test child",
        System.getProperty("java.class.path"),
        main.getName(),
        folder.resolve("child.log"),
        folder);
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("child.log"));
  }

  /** Greets and stays. */
  public static final class Greets {

    private Greets() {}

    public static void main(String[] args) throws Exception {
      System.out.println(System.getProperty("greeting", "hello") + ", " + args[0]);
      Thread.currentThread().join();
    }
  }

  /** Says two lines and ends with the exit code that it is given. */
  public static final class Tells {

    private Tells() {}

    public static void main(String[] args) {
      System.err.println("for the log");
      System.out.println("one");
      System.out.println("two");
      System.exit(Integer.parseInt(args[0]));
    }
  }

  /** Writes what is not UTF-8, and fails. */
  public static final class Babbles {

    private Babbles() {}

    public static void main(String[] args) {
      System.out.write(0xff);
      System.out.println();
      throw new IllegalStateException("no such luck");
    }
  }

  /** Fails unless it is given a number. */
  public static final class Fails {

    private Fails() {}

    public static void main(String[] args) {
      System.out.println(Integer.parseInt(args[0]));
    }
  }
}
