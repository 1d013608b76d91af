package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.local.cli.RunningAddresses.NothingRunsException;
import dev.presage.local.installation.Addresses;
import dev.presage.local.installation.ProjectHome;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningAddressesTest {

  @TempDir Path home;

  private @Nullable String before;

  @BeforeEach
  void useHome() throws IOException {
    before = System.setProperty(ProjectHome.PROPERTY, home.toString());
    Files.createDirectory(home.resolve("local-stack"));
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ProjectHome.PROPERTY);
    } else {
      System.setProperty(ProjectHome.PROPERTY, before);
    }
  }

  @Test
  void shouldNotTakeWhatAKilledDemoLeftBehindForARunningOne() throws IOException {
    Path up = written(DataFolder.UP, "up:1", Instant.parse("2026-01-01T00:00:00Z"));
    Path demo = written(DataFolder.DEMO, "demo:1", Instant.parse("2026-01-02T00:00:00Z"));
    Files.createFile(demo.resolve("lock"));

    assertThatThrownBy(() -> choose(null)).isInstanceOf(NothingRunsException.class);
    try (FileChannel held =
        FileChannel.open(up.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.tryLock()).isNotNull();
      assertThat(choose(null)).isEqualTo("up:1");
    }
  }

  @Test
  void shouldTakeTheFolderThatIsMeant() throws IOException {
    Path demo = written(DataFolder.DEMO, "demo:1", Instant.parse("2026-01-02T00:00:00Z"));

    assertThat(choose(demo)).isEqualTo("demo:1");
  }

  private static String choose(@Nullable Path dataDir) {
    return RunningAddresses.choose(null, dataDir, Addresses::broker, "--bootstrap-servers");
  }

  private Path written(DataFolder folder, String broker, Instant when) throws IOException {
    Path data = Files.createDirectories(folder.in(home));
    URI anywhere = URI.create("http://127.0.0.1:1");
    new Addresses(broker, anywhere, anywhere, anywhere).write(data);
    Files.setLastModifiedTime(data.resolve(Addresses.FILE), FileTime.from(when));
    return data;
  }
}
