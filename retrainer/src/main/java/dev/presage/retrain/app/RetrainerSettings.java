package dev.presage.retrain.app;

import dev.presage.model.signature.SigningKey;
import dev.presage.model.signature.TrustedKeys;
import dev.presage.retrain.files.FileSettings;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.mlflow.MlflowSettings;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.runs.ParityPolicy;
import dev.presage.retrain.runs.TrainingPlan;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the retrainer; every key begins with {@code presage.}.
 *
 * @param connections broker, registry, topics
 * @param featuresFile {@code features.file}: the declared features, the same as the streams
 *     application's
 * @param rows {@code rows.calendar-step}, {@code rows.most}: which rows are built
 * @param training {@code training.*}: what a run may cost, and what it refuses to learn from
 * @param parity {@code training.parity}: what a run does where its rows differ from what was served
 * @param files {@code history.*}, {@code rows.directory} and what belongs to it: what is read from
 *     files and kept in files
 * @param trustedKeys {@code models.trusted-keys}: as the streams application's, so that both agree
 *     on what is live
 * @param signingKey {@code models.signing-key}: what models are signed with
 * @param gate {@code gate.approval}, {@code gate.shadow}: what a model that is good enough waits
 *     for
 * @param schedule {@code schedule.*}: when traits are trained without being asked
 * @param advertisedUrl {@code http.advertised-url}: where other retrainers and their clients reach
 *     this one; by default its host and port
 * @param httpHost {@code http.host}
 * @param httpPort {@code http.port}; 0 for a free one
 * @param mlflow {@code mlflow.*}: where runs are copied to; nothing where they are not
 */
public record RetrainerSettings(
    ConnectionSettings connections,
    Path featuresFile,
    RowPlan rows,
    TrainingPlan training,
    ParityPolicy parity,
    FileSettings files,
    TrustedKeys trustedKeys,
    Optional<SigningKey> signingKey,
    GatePolicy gate,
    SchedulePlan schedule,
    Optional<URI> advertisedUrl,
    String httpHost,
    int httpPort,
    Optional<MlflowSettings> mlflow) {
  private static final int MOST_ROWS = 10_000_000;
  private static final int HIGHEST_PORT = 65_535;
  private static final int MOST_THREADS = 1_024;
  private static final int MOST_NEGATIVES = 1_000_000;
  private static final int MILLION = 1_000_000;

  /**
   * Reads the settings.
   *
   * @throws dev.presage.schemas.settings.InvalidSettingsException with every problem
   */
  public static RetrainerSettings read(SettingsReader reader) {
    RowPlan standard = RowPlan.standard();
    TrustedKeys trustedKeys = TrustedKeys.read(reader);
    RetrainerSettings settings =
        new RetrainerSettings(
            ConnectionSettings.read(reader),
            reader.requiredFile("features.file"),
            new RowPlan(
                reader.duration("rows.calendar-step", standard.calendarStep(), Duration.ofHours(1)),
                reader.integer("rows.most", standard.mostRows(), 1_000, MOST_ROWS)),
            training(reader),
            reader.choice("training.parity", ParityPolicy.FAIL),
            FileSettings.read(reader),
            trustedKeys,
            signingKey(reader, trustedKeys),
            new GatePolicy(
                reader.choice("gate.approval", Approval.NONE) == Approval.REQUIRED,
                reader.bool("gate.shadow", false)),
            SchedulePlan.read(reader),
            advertisedUrl(reader),
            reader.string("http.host", "127.0.0.1"),
            reader.integer("http.port", 8090, 0, HIGHEST_PORT),
            MlflowSettings.read(reader));
    reader.finish();
    return settings;
  }

  private static TrainingPlan training(SettingsReader reader) {
    TrainingPlan standard = TrainingPlan.standard();
    int millions = Math.toIntExact(standard.work() / MILLION);
    double leakAuc = reader.share("training.leak-auc", standard.leakAuc());
    if (leakAuc <= 0.5) {
      reader.problem(
          "%s is %s; expected more than 0.5, by which a feature ranks that knows nothing, up to 1"
              .formatted(reader.named("training.leak-auc"), leakAuc));
    }
    return new TrainingPlan(
        reader.integer("training.threads", standard.threads(), 1, MOST_THREADS),
        (long) MILLION * reader.integer("training.work", millions, 1, MILLION),
        reader.integer("training.most-negatives", standard.mostNegatives(), 1, MOST_NEGATIVES),
        leakAuc > 0.5 ? leakAuc : standard.leakAuc(),
        reader.duration("training.longest", standard.longest(), Duration.ofSeconds(1)));
  }

  private static Optional<URI> advertisedUrl(SettingsReader reader) {
    return reader.optional("http.advertised-url").isEmpty()
        ? Optional.empty()
        : Optional.of(reader.requiredHttpAddress("http.advertised-url"));
  }

  /** Whether a person has to say that a model may go live. */
  private enum Approval {
    NONE,
    REQUIRED
  }

  private static Optional<SigningKey> signingKey(SettingsReader reader, TrustedKeys trustedKeys) {
    if (trustedKeys.areRequired() && reader.optional(SigningKey.KEY).isEmpty()) {
      reader.problem(
          "%s is missing; %s is given, so a model without a signature would be refused"
              .formatted(reader.named(SigningKey.KEY), reader.named(TrustedKeys.KEY)));
    }
    return SigningKey.read(reader, trustedKeys);
  }
}
