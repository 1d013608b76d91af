package dev.presage.model.document;

import java.nio.ByteBuffer;

/** How a document is written. */
public enum DocumentFormat {
  /** RFC 8259, and the tokens {@code NaN} and {@code Infinity} that XGBoost writes. */
  JSON {
    @Override
    Object parse(ByteBuffer bytes, ValueBudget budget) throws UnreadableDocumentException {
      return new JsonReader(budget).read(bytes);
    }
  },
  /** Universal Binary JSON, draft 12. */
  UBJSON {
    @Override
    Object parse(ByteBuffer bytes, ValueBudget budget) throws UnreadableDocumentException {
      return new UbjsonReader(bytes, budget).read();
    }
  };

  /**
   * Reads a whole document.
   *
   * @param bytes from position to limit, neither of which is moved; the nodes may refer to them
   * @param maxValues how many objects, arrays, strings and single numbers it may have
   * @throws UnreadableDocumentException when the bytes are not such a document, or go beyond the
   *     limits
   */
  public Node read(ByteBuffer bytes, int maxValues) throws UnreadableDocumentException {
    return new Node("", parse(bytes, new ValueBudget(maxValues)));
  }

  abstract Object parse(ByteBuffer bytes, ValueBudget budget) throws UnreadableDocumentException;
}
