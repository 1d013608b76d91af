package dev.presage.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OrphanIT {

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void shouldEndBrokerAndRegistryWhenTheParentIsKilled() throws Exception {
    Path ready = folder.resolve("ready");
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsAStack.class.getName(),
                folder.resolve("data").toString(),
                ready.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("parent.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(ready));
    List<ProcessHandle> children = parent.children().toList();
    assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

    parent.destroyForcibly().waitFor();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  /** The parent that is killed: starts a stack in the first folder, then makes the second file. */
  static final class StartsAStack {

    private StartsAStack() {}

    public static void main(String[] args) throws Exception {
      LocalStack stack = LocalStack.start(StackOptions.in(Path.of(args[0])));
      Files.writeString(Path.of(args[1]), stack.bootstrapServers());
      Thread.currentThread().join();
    }
  }
}
