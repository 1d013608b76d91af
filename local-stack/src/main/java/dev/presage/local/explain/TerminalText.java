package dev.presage.local.explain;

/**
 * Text from outside as a terminal can show it: nothing in it moves the cursor, changes a colour or
 * turns the direction of writing.
 */
public final class TerminalText {

  private TerminalText() {}

  /**
   * Writes what a terminal would not show as itself as JSON does: {@code \}{@code u001b}. What is
   * JSON stays the same JSON.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      if (isShown(point)) {
        shown.appendCodePoint(point);
      } else {
        for (int j = i; j < i + length; j++) {
          shown.append("\\u%04x".formatted((int) text.charAt(j)));
        }
      }
      i += length;
    }
    return shown.toString();
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
