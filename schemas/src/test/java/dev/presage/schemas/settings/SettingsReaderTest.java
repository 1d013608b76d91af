package dev.presage.schemas.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private enum Mode {
    FAST_AND_LOOSE,
    SLOW
  }

  @Test
  void shouldReadTypedValues() {
    SettingsReader reader =
        new SettingsReader(
            "presage.", Map.of("a", " text ", "b", "7", "c", "24h", "d", "fast-and-loose"));

    assertThat(reader.required("a")).isEqualTo("text");
    assertThat(reader.integer("b", 1, 0, 10)).isEqualTo(7);
    assertThat(reader.duration("c", Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofHours(24));
    assertThat(reader.choice("d", Mode.SLOW)).isEqualTo(Mode.FAST_AND_LOOSE);
    reader.finish();
  }

  @Test
  void shouldFallBackToDefaults() {
    SettingsReader reader = new SettingsReader("presage.", Map.of("b", "  "));

    assertThat(reader.string("a", "x")).isEqualTo("x");
    assertThat(reader.integer("b", 3, 0, 10)).isEqualTo(3);
    reader.finish();
  }

  @Test
  void shouldNameAllProblemsAtOnce() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of("port", "99999", "wait", "soon", "mode", "quick", "bootstrap-server", "x"));
    reader.integer("port", 1, 0, 65535);
    reader.duration("wait", Duration.ZERO, Duration.ZERO);
    reader.choice("mode", Mode.SLOW);
    reader.required("bootstrap-servers");
    reader.requiredFile("file");

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, reader::finish);

    assertThat(thrown.problems())
        .containsExactly(
            "presage.port is '99999'; expected a whole number from 0 to 65535",
            "presage.wait is 'soon'; expected a duration such as 500ms, 10s, 5m, 24h or 7d, at"
                + " least PT0S",
            "presage.mode is 'quick'; expected one of fast_and_loose, slow",
            "presage.bootstrap-servers is missing; it has no default",
            "presage.file is missing; it has no default",
            "presage.bootstrap-server is not a setting; did you mean presage.bootstrap-servers?");
  }

  @Test
  void shouldPreferSystemPropertiesToEnvironmentToFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("settings.yml");
    Files.writeString(file, "presage:\n  a: {x: file, y: file, z: file}\n");
    Properties system = new Properties();
    system.setProperty("presage.config", file.toString());
    system.setProperty("presage.a.x", "system");

    SettingsReader reader =
        SettingsReader.ofProcess(
            "presage.", system, Map.of("PRESAGE_A_X", "environment", "PRESAGE_A_Y", "environment"));

    assertThat(reader.required("a.x")).isEqualTo("system");
    assertThat(reader.required("a.y")).isEqualTo("environment");
    assertThat(reader.required("a.z")).isEqualTo("file");
    reader.finish();
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    Properties system = new Properties();
    system.setProperty("presage.config", "nowhere.yml");

    assertThatThrownBy(() -> SettingsReader.ofProcess("presage.", system, Map.of()))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("nowhere.yml");
  }

  @Test
  void shouldPassClientSettingsOn() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:9092",
                "kafka.client.security.protocol", "SSL",
                "registry.url", "http://127.0.0.1:8081",
                "registry.user", "ann",
                "registry.password", "secret"));

    ConnectionSettings settings = ConnectionSettings.read(reader);
    reader.finish();

    assertThat(settings.kafka())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "127.0.0.1:9092");
    assertThat(settings.partitions()).isEqualTo(ConnectionSettings.DEFAULT_PARTITIONS);
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void shouldRefuseHalfAndDoubleCredentials() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:9092",
                "registry.url", "ftp://127.0.0.1",
                "registry.user", "ann",
                "registry.token", "secret",
                "topics.prefix", "a b"));
    ConnectionSettings.read(reader);

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, reader::finish);

    assertThat(thrown.problems()).hasSize(4);
    assertThat(thrown.getMessage()).doesNotContain("secret");
  }
}
