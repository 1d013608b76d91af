package dev.presage.model.btyd;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.payload.Fields;

/** A feature in the units of the model: {@code scale · value + offset}. */
record Input(int feature, double scale, double offset) {
  static Input read(Fields model, String name)
      throws UnreadableDocumentException, ModelRefusedException {
    Fields input = model.object(name).allow("feature", "scale", "offset");
    return new Input(input.feature("feature"), input.number("scale", 1), input.number("offset", 0));
  }

  double of(double[] vector) {
    return scale * vector[feature] + offset;
  }
}
