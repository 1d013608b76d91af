package dev.presage.retrain.runs;

import dev.presage.schemas.avro.ModelArtefact;
import java.util.Optional;

/** The models that are published. */
public interface Models {
  /** The version that scores a trait. */
  Optional<String> liveVersion(String trait);

  /**
   * Publishes a model and returns when the broker has it.
   *
   * @throws PublishingException when it does not take it
   */
  void publish(ModelArtefact artefact);

  /** A model could not be published. */
  final class PublishingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which and why. */
    public PublishingException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
