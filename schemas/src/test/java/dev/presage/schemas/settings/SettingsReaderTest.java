package dev.presage.schemas.settings;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private enum Mode {
    FAST_AND_LOOSE,
    SLOW
  }

  @Test
  void shouldReadAListThatCommasSeparate() {
    SettingsReader reader = new SettingsReader("presage.", Map.of("a", " x, y,,z ", "b", " "));

    assertThat(reader.list("a")).containsExactly("x", "y", "z");
    assertThat(reader.list("b")).isEmpty();
    assertThat(reader.list("c")).isEmpty();
  }

  @Test
  void shouldReadTypedValues() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of(
                "a",
                " text ",
                "b",
                "7",
                "c",
                "24h",
                "d",
                "fast-and-loose",
                "e",
                "TRUE",
                "f",
                "false"));

    assertThat(reader.required("a")).isEqualTo("text");
    assertThat(reader.integer("b", 1, 0, 10)).isEqualTo(7);
    assertThat(reader.duration("c", Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofHours(24));
    assertThat(reader.choice("d", Mode.SLOW)).isEqualTo(Mode.FAST_AND_LOOSE);
    assertThat(reader.bool("e", false)).isTrue();
    assertThat(reader.bool("f", true)).isFalse();
    assertThat(reader.bool("g", true)).isTrue();
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
            Map.of(
                "port",
                "99999",
                "wait",
                "soon",
                "mode",
                "quick",
                "reads",
                "yes",
                "bootstrap-server",
                "x"));
    reader.integer("port", 1, 0, 65535);
    reader.duration("wait", Duration.ZERO, Duration.ZERO);
    reader.choice("mode", Mode.SLOW);
    reader.bool("reads", true);
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
            "presage.reads is 'yes'; expected true or false",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ann:secret@127.0.0.1:8081",
        "http://ann:secret@host_name:8081",
        "http://ann:sec ret@127.0.0.1",
        "ann:secret@127.0.0.1"
      })
  void shouldRefuseAddressesWithAPasswordAndNotShowIt(String address) {
    SettingsReader reader = new SettingsReader("presage.", Map.of("url", address));
    reader.requiredHttpAddress("url");

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, reader::finish);

    assertThat(thrown.problems())
        .singleElement(as(STRING))
        .startsWith("presage.url is not shown, as it may hold a password")
        .doesNotContain("sec")
        .contains("without a user or password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a b", "   ", "s\u00e9cret"})
  void shouldNameATokenThatNoHeaderCanCarryAmongAllProblems(String token) {
    SettingsReader reader =
        new SettingsReader(
            "presage.", Map.of("registry.url", "http://127.0.0.1:99999", "registry.token", token));
    ConnectionSettings.read(reader);

    InvalidSettingsException thrown =
        catchThrowableOfType(InvalidSettingsException.class, reader::finish);

    assertThat(thrown.problems())
        .hasSize(3)
        .anyMatch(it -> it.contains("bearer token") && !it.contains(token))
        .anyMatch(it -> it.contains("127.0.0.1:99999"))
        .anyMatch(it -> it.contains("kafka.bootstrap-servers is missing"));
  }

  @Test
  void shouldNotShowAPasswordThatStandsInTheUser() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of(
                "kafka.bootstrap-servers", "127.0.0.1:9092",
                "registry.url", "http://127.0.0.1",
                "registry.user", "ann:secret",
                "registry.password", "secret"));
    ConnectionSettings.read(reader);

    assertThatThrownBy(reader::finish)
        .hasMessageContaining("must not contain a colon")
        .satisfies(it -> assertThat(it.getMessage()).doesNotContain("secret"));
  }

  @Test
  void shouldKeepEveryCharacterOfASecret() {
    SettingsReader reader =
        new SettingsReader("presage.", Map.of("password", " a b ", "nothing", ""));

    assertThat(reader.secret("password")).contains(" a b ");
    assertThat(reader.secret("nothing")).isEmpty();
    assertThat(reader.secret("absent")).isEmpty();
    reader.finish();
  }

  @Test
  void shouldPassOnClientSettingsOfTheEnvironment() {
    Properties system = new Properties();
    system.setProperty("presage.kafka.client.security.protocol", "SASL_SSL");

    SettingsReader reader =
        SettingsReader.ofProcess(
            "presage.",
            system,
            Map.of(
                "PRESAGE_KAFKA_CLIENT_SASL_JAAS_CONFIG", "Module required;",
                "PRESAGE_KAFKA_CLIENT_SECURITY_PROTOCOL", "PLAINTEXT",
                "PRESAGE_KAFKA_CLIENTS", "other"));

    assertThat(reader.group("kafka.client"))
        .containsOnly(
            Map.entry("sasl.jaas.config", "Module required;"),
            Map.entry("security.protocol", "SASL_SSL"));
    reader.finish();
  }

  @Test
  void shouldNameTheGroupsBelowAKey() {
    SettingsReader reader =
        new SettingsReader(
            "presage.",
            Map.of(
                "entities.item.key-property", "productId",
                "entities.item.features.file", "items.yaml",
                "entities.brand.features.file", "brands.yaml",
                "entities", "none",
                "entity.other.key-property", "other"));

    assertThat(reader.names("entities", List.of("key-property", "features.file")))
        .containsExactly("brand", "item");
  }

  @Test
  void shouldNameGroupsOfTheEnvironmentByTheSettingsThatThereAre() {
    SettingsReader reader =
        SettingsReader.ofProcess(
            "presage.",
            new Properties(),
            Map.of(
                "PRESAGE_ENTITIES_SHOP_ITEM_KEY_PROPERTY", "productId",
                "PRESAGE_ENTITIES_BRAND_FEATURES_FILE", "brands.yaml",
                "PRESAGE_ENTITIES_KEY_PROPERTY", "nobody's",
                "PRESAGE_ENTITIES_OTHER_THING", "not ours"));

    assertThat(reader.names("entities", List.of("key-property", "features.file")))
        .containsExactly("brand", "shop_item");
  }

  @Test
  void shouldStillCallASettingBelowANameUnknown() {
    SettingsReader reader =
        new SettingsReader("presage.", Map.of("entities.item.key-propery", "productId"));
    assertThat(reader.names("entities", List.of("key-property"))).containsExactly("item");
    assertThat(reader.optional("entities.item.key-property")).isEmpty();

    assertThatThrownBy(reader::finish)
        .hasMessageContaining(
            "presage.entities.item.key-propery is not a setting; did you mean"
                + " presage.entities.item.key-property?");
  }
}
