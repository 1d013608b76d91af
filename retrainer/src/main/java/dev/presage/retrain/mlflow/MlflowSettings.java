package dev.presage.retrain.mlflow;

import dev.presage.schemas.registry.Credentials;
import dev.presage.schemas.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where runs are copied to.
 *
 * @param url {@code mlflow.url}: address of the server
 * @param experiment {@code mlflow.experiment}: name of the experiment, made where it is not there
 * @param credentials {@code mlflow.user} and {@code mlflow.password}, or {@code mlflow.token}
 * @param timeout {@code mlflow.timeout}: how long an answer may take
 */
public record MlflowSettings(
    URI url, String experiment, Credentials credentials, Duration timeout) {
  private static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(10);

  /** Reads the settings; nothing where no address is given. Problems stay with the reader. */
  public static Optional<MlflowSettings> read(SettingsReader reader) {
    boolean isWanted = reader.optional("mlflow.url").isPresent();
    String experiment = reader.string("mlflow.experiment", "presage");
    Credentials credentials = credentials(reader);
    Duration timeout = reader.duration("mlflow.timeout", STANDARD_TIMEOUT, Duration.ofMillis(100));
    return isWanted
        ? Optional.of(
            new MlflowSettings(
                reader.requiredHttpAddress("mlflow.url"), experiment, credentials, timeout))
        : Optional.empty();
  }

  private static Credentials credentials(SettingsReader reader) {
    Optional<String> user = reader.optional("mlflow.user");
    Optional<String> password = reader.secret("mlflow.password");
    Optional<String> token = reader.secret("mlflow.token");
    if (user.isPresent() && token.isPresent()) {
      reader.problem("mlflow.user and mlflow.token are both given; give one of them");
    }
    if (user.isPresent() != password.isPresent()) {
      reader.problem("mlflow.user and mlflow.password belong together; one is missing");
    }
    try {
      return token
          .map(Credentials::bearer)
          .or(() -> user.map(it -> Credentials.basic(it, password.orElse(""))))
          .orElseGet(Credentials::none);
    } catch (IllegalArgumentException e) {
      reader.problem(
          "mlflow.user or mlflow.token cannot be sent; a user has no colon, a token no white space");
      return Credentials.none();
    }
  }
}
