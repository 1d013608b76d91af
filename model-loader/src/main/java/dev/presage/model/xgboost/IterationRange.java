package dev.presage.model.xgboost;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which boosting rounds predict.
 *
 * @param begin the first one, from 0
 * @param end the one after the last; greater than {@code begin}
 */
public record IterationRange(int begin, int end) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}):(\\d{1,9})");

  public IterationRange {
    if (begin < 0 || end <= begin) {
      throw new IllegalArgumentException("iterations from " + begin + " to before " + end);
    }
  }

  /** Reads {@code begin:end}. */
  static IterationRange parse(String text) throws ModelRefusedException {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      int begin = Integer.parseInt(matcher.group(1));
      int end = Integer.parseInt(matcher.group(2));
      if (begin < end) {
        return new IterationRange(begin, end);
      }
    }
    throw new ModelRefusedException(
        RefusalCode.INVALID_PARAMETER,
        XgboostOptions.ITERATION_RANGE
            + " is "
            + Texts.quoted(text)
            + " where the first iteration and the one after the last are expected, as in 0:100");
  }
}
