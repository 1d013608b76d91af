package dev.presage.model.document;

/** Bounds the memory that a document can claim: every value that becomes an object is counted. */
final class ValueBudget {
  /** Models nest 8 deep; a reader that recurses must stop long before its stack does. */
  static final int MAX_DEPTH = 64;

  static final int MAX_STRING_BYTES = 1 << 20;

  /** A string of JSON is never longer than its document, and may be a model in another format. */
  static final int MAX_JSON_STRING = 64 << 20;

  private final int maxValues;
  private int values;

  ValueBudget(int maxValues) {
    this.maxValues = maxValues;
  }

  void spend() throws UnreadableDocumentException {
    if (++values > maxValues) {
      throw new UnreadableDocumentException(
          "more than " + maxValues + " values; raise the limit on document values");
    }
  }

  static void checkDepth(int depth) throws UnreadableDocumentException {
    if (depth > MAX_DEPTH) {
      throw new UnreadableDocumentException("nested more than " + MAX_DEPTH + " deep");
    }
  }
}
