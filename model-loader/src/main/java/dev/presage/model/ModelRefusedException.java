package dev.presage.model;

import org.jspecify.annotations.Nullable;

/** A model did not pass its checks; the message names what was found and how to mend it. */
public final class ModelRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalCode code;

  public ModelRefusedException(RefusalCode code, String reason) {
    this(code, reason, null);
  }

  public ModelRefusedException(RefusalCode code, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.code = code;
  }

  public RefusalCode code() {
    return code;
  }
}
