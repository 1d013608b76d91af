package dev.presage.model.document;

import org.jspecify.annotations.Nullable;

/** Bytes are not a document of the expected format, or a document lacks what was looked for. */
public final class UnreadableDocumentException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableDocumentException(String message) {
    this(message, null);
  }

  public UnreadableDocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
