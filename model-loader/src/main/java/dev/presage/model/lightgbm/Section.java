package dev.presage.model.lightgbm;

import dev.presage.model.document.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines {@code name=value} of a model file: its head, or one tree. A line may lack the value. */
final class Section {
  /** LightGBM writes about 20; it reads no more of a tree itself. */
  private static final int MOST_LINES = 64;

  private static final int MOST_DIGITS = 64;
  private static final int MOST_QUOTED = 100;

  private final String title;
  private final Map<String, String> lines = new HashMap<>();

  /**
   * @param title what errors call it
   */
  Section(String title) {
    this.title = title;
  }

  void add(String line) throws UnreadableDocumentException {
    if (lines.size() == MOST_LINES) {
      throw new UnreadableDocumentException(title + " has more than " + MOST_LINES + " lines");
    }
    int equals = line.indexOf('=');
    String name = equals < 0 ? line : line.substring(0, equals);
    if (lines.put(name, equals < 0 ? "" : line.substring(equals + 1)) != null) {
      throw problem(name, "stands twice");
    }
  }

  boolean has(String name) {
    return lines.containsKey(name);
  }

  @Nullable String find(String name) {
    return lines.get(name);
  }

  String text(String name) throws UnreadableDocumentException {
    String text = lines.get(name);
    if (text == null) {
      throw problem(name, "is missing");
    }
    return text;
  }

  int integer(String name) throws UnreadableDocumentException {
    return (int) whole(name, text(name), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** Number of words, between which there is a single space. */
  int words(String name) throws UnreadableDocumentException {
    String text = text(name);
    int words = text.isEmpty() ? 0 : 1;
    for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
      words++;
    }
    return words;
  }

  List<String> texts(String name, int count) throws UnreadableDocumentException {
    Words words = words(name, count);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(words.next());
    }
    return texts;
  }

  int[] integers(String name, int count) throws UnreadableDocumentException {
    Words words = words(name, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) whole(name, words.next(), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return values;
  }

  /** Words of 32 bits, written as numbers without a sign. */
  int[] bits(String name, int count) throws UnreadableDocumentException {
    Words words = words(name, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) whole(name, words.next(), 0, 0xffff_ffffL);
    }
    return values;
  }

  /** Finite numbers. */
  double[] numbers(String name, int count) throws UnreadableDocumentException {
    Words words = words(name, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = number(name, words.next());
    }
    return values;
  }

  /** Numbers, infinite ones included: no value is beyond a threshold of {@code inf} but NaN. */
  double[] thresholds(String name, int count) throws UnreadableDocumentException {
    Words words = words(name, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      String word = words.next();
      values[i] =
          switch (word) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> number(name, word);
          };
    }
    return values;
  }

  /** The finite number that {@code text}, a part of the line {@code name}, is. */
  double number(String name, String text) throws UnreadableDocumentException {
    if (looksLikeNumber(text)) {
      try {
        double value = Double.parseDouble(text);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw problem(name, "has " + quoted(text) + " where a number is expected", e);
      }
    }
    throw problem(name, "has " + quoted(text) + " where a number is expected");
  }

  private Words words(String name, int count) throws UnreadableDocumentException {
    int found = words(name);
    if (found != count) {
      throw problem(name, "has " + found + " elements where " + count + " are expected");
    }
    return new Words(text(name));
  }

  private long whole(String name, String text, long least, long most)
      throws UnreadableDocumentException {
    if (looksLikeNumber(text)) {
      try {
        long value = Long.parseLong(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw problem(name, "has " + quoted(text) + " where an integer is expected", e);
      }
    }
    throw problem(name, "has " + quoted(text) + " where an integer is expected");
  }

  /** Keeps what only Java takes for a number, and what takes it long to read, from it. */
  private static boolean looksLikeNumber(String text) {
    return text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0);
  }

  private static String quoted(String text) {
    return "\""
        + (text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "…" : text)
        + "\"";
  }

  private UnreadableDocumentException problem(String name, String what) {
    return problem(name, what, null);
  }

  private UnreadableDocumentException problem(String name, String what, @Nullable Throwable cause) {
    String line = name.length() > MOST_QUOTED ? name.substring(0, MOST_QUOTED) + "…" : name;
    return new UnreadableDocumentException(line + " of " + title + " " + what, cause);
  }

  /** The words of a line, one by one. */
  private static final class Words {
    private final String text;
    private int at;

    private Words(String text) {
      this.text = text;
    }

    String next() {
      int space = text.indexOf(' ', at);
      String word = text.substring(at, space < 0 ? text.length() : space);
      at += word.length() + 1;
      return word;
    }
  }
}
