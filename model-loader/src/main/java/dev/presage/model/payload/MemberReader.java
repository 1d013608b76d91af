package dev.presage.model.payload;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;

/** Reads the models that a model is made of. */
@FunctionalInterface
public interface MemberReader {
  /**
   * The model that stands under a name, which has one output.
   *
   * @throws UnreadableDocumentException when it is no model
   * @throws ModelRefusedException when it cannot be scored, or is nested too deep
   */
  Predictor read(Fields parent, String name)
      throws UnreadableDocumentException, ModelRefusedException;
}
