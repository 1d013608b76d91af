package dev.presage.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {

  @TempDir Path folder;

  @Test
  void shouldEmptyWhatAnEarlierDemoMade() throws IOException {
    Path data = folder.resolve("new").resolve("demo");
    DemoDirectory.prepare(data);
    Path old = Files.writeString(Files.createDirectories(data.resolve("broker")).resolve("x"), "y");

    DemoDirectory.prepare(data);

    assertThat(old).doesNotExist();
    assertThat(data).isDirectory();
  }

  @Test
  void shouldLeaveAForeignFolderAlone() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious.txt"), "mine");

    assertThatThrownBy(() -> DemoDirectory.prepare(folder))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("--data-dir");
    assertThat(precious).exists();
  }
}
