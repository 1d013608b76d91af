package dev.presage.model.xgboost;

import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;

/** Texts of a file: XGBoost writes the integers of its parameters as texts. */
final class Texts {
  private static final int MOST_CHARACTERS = 100;

  private Texts() {}

  static int integer(Node node) throws UnreadableDocumentException {
    try {
      return Integer.parseInt(node.text());
    } catch (NumberFormatException e) {
      throw new UnreadableDocumentException(
          node.path() + " is " + quoted(node.text()) + " where an integer is expected");
    }
  }

  /** The text in quotation marks, cut short, for a message. */
  static String quoted(String text) {
    return "\""
        + (text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text)
        + "\"";
  }
}
