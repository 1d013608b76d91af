package dev.presage.retrain.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.retrain.files.RowFileSettings;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.mlflow.MlflowSettings;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.ParityPolicy;
import dev.presage.retrain.runs.TrainingPlan;
import dev.presage.schemas.registry.Credentials;
import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.schemas.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainerSettingsTest {
  @TempDir Path folder;
  private final Map<String, String> given = new HashMap<>();

  @BeforeEach
  void giveWhatHasNoDefault() throws IOException {
    given.put("kafka.bootstrap-servers", "127.0.0.1:9092");
    given.put("registry.url", "http://127.0.0.1:8081/apis/ccompat/v7");
    given.put("features.file", Files.createFile(folder.resolve("features.yaml")).toString());
  }

  @Test
  void shouldHaveDefaultsForTheRest() {
    RetrainerSettings settings = read();

    assertThat(settings.rows()).isEqualTo(RowPlan.standard());
    assertThat(settings.training()).isEqualTo(TrainingPlan.standard());
    assertThat(settings.parity()).isEqualTo(ParityPolicy.FAIL);
    assertThat(settings.files().history()).isEmpty();
    assertThat(settings.files().rows()).isEmpty();
    assertThat(settings.httpHost()).isEqualTo("127.0.0.1");
    assertThat(settings.httpPort()).isEqualTo(8090);
    assertThat(settings.trustedKeys().areRequired()).isFalse();
    assertThat(settings.signingKey()).isEmpty();
    assertThat(settings.gate()).isEqualTo(GatePolicy.AT_ONCE);
    assertThat(settings.mlflow()).isEmpty();
  }

  @Test
  void shouldTakeEverySetting() {
    given.put("rows.calendar-step", "14d");
    given.put("rows.most", "50000");
    given.put("training.threads", "3");
    given.put("training.work", "5");
    given.put("training.most-negatives", "4");
    given.put("training.leak-auc", "0.95");
    given.put("training.longest", "30m");
    given.put("training.parity", "warn");
    given.put("http.host", "0.0.0.0");
    given.put("http.port", "0");
    given.put("gate.approval", "required");
    given.put("gate.shadow", "true");

    RetrainerSettings settings = read();

    assertThat(settings.rows()).isEqualTo(new RowPlan(Duration.ofDays(14), 50_000));
    assertThat(settings.training())
        .isEqualTo(new TrainingPlan(3, 5_000_000, 4, 0.95, Duration.ofMinutes(30)));
    assertThat(settings.parity()).isEqualTo(ParityPolicy.WARN);
    assertThat(settings.httpHost()).isEqualTo("0.0.0.0");
    assertThat(settings.httpPort()).isZero();
    assertThat(settings.gate()).isEqualTo(new GatePolicy(true, true));
  }

  @Test
  void shouldTakeWhereRowsAndEventsAre() throws IOException {
    Path mapping =
        Files.writeString(
            folder.resolve("history.yaml"),
            "sources: [{files: a.csv, profile: who, occurredAt: at, type: seen}]");
    given.put("history.mapping", mapping.toString());
    given.put("history.partitions", "8");
    given.put("rows.directory", folder.resolve("rows").toString());
    given.put("rows.profiles", "hashed");
    given.put("rows.salt", "some salt");
    given.put("rows.keep", "7d");
    given.put("rows.keep-files", "3");

    RetrainerSettings settings = read();

    assertThat(settings.files().history().orElseThrow().sources()).hasSize(1);
    assertThat(settings.files().partitions()).isEqualTo(8);
    RowFileSettings rows = settings.files().rows().orElseThrow();
    assertThat(rows.directory()).isEqualTo(folder.resolve("rows")).isDirectory();
    assertThat(rows.longest()).isEqualTo(Duration.ofDays(7));
    assertThat(rows.mostFiles()).isEqualTo(3);
    assertThat(settings.toString()).doesNotContain("some salt");
  }

  @Test
  void shouldNameAMappingThatIsWrongAndAFolderThatIsNone() throws IOException {
    given.put("history.mapping", Files.writeString(folder.resolve("m.yaml"), "a: 1").toString());
    given.put("rows.directory", Files.createFile(folder.resolve("file")).toString());

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("presage.history.mapping: ")
        .hasMessageContaining("sources is missing")
        .hasMessageContaining("presage.rows.directory is '" + folder.resolve("file") + "'");
  }

  @Test
  void shouldTakeAKeyToSignWith() throws IOException {
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIFFyMDO9sxKxB6GfG4OGBnE64Jriw2eZxtTxhO/cJ6lg
            -----END PRIVATE KEY-----
            """);
    given.put("models.trusted-keys", "zrrAQ0fmNhRFlFXW4cE/PQncferhhi8vbn0niHh1cGg=");
    given.put("models.signing-key", key.toString());

    assertThat(read().trustedKeys().count()).isEqualTo(1);
    assertThat(read().signingKey()).isPresent();
  }

  @Test
  void shouldTakeAnMlflowServer() {
    given.put("mlflow.url", "https://mlflow.example:5000/tracking");

    assertThat(read().mlflow())
        .contains(
            new MlflowSettings(
                URI.create("https://mlflow.example:5000/tracking"),
                "presage",
                Credentials.none(),
                Duration.ofSeconds(10)));

    given.put("mlflow.experiment", "my models");
    given.put("mlflow.user", "me");
    given.put("mlflow.password", "secret");
    given.put("mlflow.timeout", "3s");

    assertThat(read().mlflow())
        .contains(
            new MlflowSettings(
                URI.create("https://mlflow.example:5000/tracking"),
                "my models",
                Credentials.basic("me", "secret"),
                Duration.ofSeconds(3)));
    assertThat(read().toString()).doesNotContain("secret");
  }

  @Test
  void shouldNameWhatIsWrongWithAnMlflowServer() {
    given.put("mlflow.url", "mlflow");
    given.put("mlflow.user", "me");
    given.put("mlflow.token", "se cret");

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("presage.mlflow.url is 'mlflow'")
        .hasMessageContaining("mlflow.user and mlflow.token are both given")
        .hasMessageContaining("mlflow.user and mlflow.password belong together")
        .hasMessageContaining("cannot be sent")
        .message()
        .doesNotContain("se cret");
  }

  @Test
  void shouldNotPublishWhatItsOwnKeysWouldRefuse() {
    given.put("models.trusted-keys", "zrrAQ0fmNhRFlFXW4cE/PQncferhhi8vbn0niHh1cGg=");

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("presage.models.signing-key is missing; presage.models.trusted-keys");
  }

  @Test
  void shouldNameEveryProblemAtOnce() {
    given.remove("kafka.bootstrap-servers");
    given.put("features.file", folder.resolve("missing.yaml").toString());
    given.put("rows.most", "10");
    given.put("training.threads", "0");
    given.put("training.leak-auc", "0.4");
    given.put("http.prot", "1");

    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("presage.kafka.bootstrap-servers is missing")
        .hasMessageContaining("presage.features.file")
        .hasMessageContaining("presage.rows.most is '10'")
        .hasMessageContaining("presage.training.threads is '0'")
        .hasMessageContaining("presage.training.leak-auc is 0.4; expected more than 0.5")
        .hasMessageContaining("presage.http.prot is not a setting; did you mean presage.http.port");
  }

  private RetrainerSettings read() {
    return RetrainerSettings.read(new SettingsReader("presage.", given));
  }
}
