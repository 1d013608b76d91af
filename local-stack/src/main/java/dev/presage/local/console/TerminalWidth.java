package dev.presage.local.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns the terminal has. The library of the bars would find it out by JLine, which
 * resets the signals of this process: Ctrl-C would end it without what is to be done at its end.
 */
final class TerminalWidth {

  private static final int USUAL = 80;
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ ([1-9]\\d{1,3})");

  private TerminalWidth() {}

  /** The columns; 80 where the system does not say. */
  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return columns(
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    } catch (IOException e) {
      // There is no stty.
      return USUAL;
    }
  }

  static int columns(String rowsAndColumns) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(rowsAndColumns);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : USUAL;
  }
}
