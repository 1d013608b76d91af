package dev.presage.retrain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class StoredReportTest {
  private static final RunReport REPORT =
      new RunReport(
          "r1",
          "t",
          "HELD",
          "too little",
          null,
          "2026-01-01T00:00:00Z",
          "2026-01-01T00:01:00Z",
          null);

  @Test
  void shouldReadWhatItWrote() {
    assertThat(StoredReport.read(StoredReport.write(REPORT))).isEqualTo(REPORT);
  }

  @Test
  void shouldReadWhatANewerVersionWrote() throws IOException {
    assertThat(StoredReport.read(zipped("{\"run\": \"r1\", \"mood\": \"good\"}")).run())
        .isEqualTo("r1");
  }

  @Test
  void shouldSayThatBytesAreNoReport() throws IOException {
    byte[] text = "no report".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> StoredReport.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("damaged");
    byte[] other = zipped("[1, 2]");
    assertThatThrownBy(() -> StoredReport.read(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not one that this version can read");
  }

  @Test
  void shouldNotBlowUpWhatIsMuchLongerUnpacked() throws IOException {
    byte[] bomb = zipped(" ".repeat(33 << 20));

    assertThat(bomb.length).isLessThan(1 << 20);
    assertThatThrownBy(() -> StoredReport.read(bomb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longer than");
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
