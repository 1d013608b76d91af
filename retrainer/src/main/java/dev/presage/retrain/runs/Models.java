package dev.presage.retrain.runs;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.ModelArtefact;
import java.util.Optional;

/** The models that are published. */
public interface Models {
  /** The model that scores a trait, for vectors of the features that are declared. */
  Optional<LoadedModel> live(String trait);

  /** The version that scores a trait. */
  default Optional<String> liveVersion(String trait) {
    return live(trait).map(LoadedModel::version);
  }

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
