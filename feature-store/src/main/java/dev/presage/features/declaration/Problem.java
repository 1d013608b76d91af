package dev.presage.features.declaration;

/** Something that is wrong with declarations, where, and what to do about it. */
public record Problem(String source, Place place, String message) {
  /** Returns {@code file:line:column: message}. */
  @Override
  public String toString() {
    return source + ":" + place.line() + ":" + place.column() + ": " + message;
  }
}
