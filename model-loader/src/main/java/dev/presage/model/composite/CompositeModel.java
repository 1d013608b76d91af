package dev.presage.model.composite;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;
import dev.presage.model.payload.MemberReader;

/** Reads models of the kind {@code composite}. */
public final class CompositeModel {
  private CompositeModel() {}

  /**
   * Reads a composite; {@code docs/models.md} has the format.
   *
   * @param members reads what it is made of
   * @throws UnreadableDocumentException when it is not of that format
   * @throws ModelRefusedException when a part of it cannot be scored
   */
  public static Predictor read(Fields model, MemberReader members)
      throws UnreadableDocumentException, ModelRefusedException {
    return switch (model.choice("combine", Combination.class)) {
      case PRODUCT -> Product.read(model, members);
      case POPULATIONS -> Populations.read(model, members);
    };
  }

  private enum Combination {
    PRODUCT,
    POPULATIONS
  }
}
