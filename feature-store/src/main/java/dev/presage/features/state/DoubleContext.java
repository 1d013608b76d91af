package dev.presage.features.state;

/** What is known of the doubles of a list before the next one is written or read. */
final class DoubleContext {
  private static final int USUAL_LENGTH = 13;

  private final LengthContext lengths = new LengthContext(USUAL_LENGTH);
  private NumberForm form = NumberForm.WHOLE;

  NumberForm form() {
    return form;
  }

  void form(NumberForm next) {
    form = next;
  }

  LengthContext lengths() {
    return lengths;
  }

  void clear() {
    lengths.clear();
    form = NumberForm.WHOLE;
  }
}
