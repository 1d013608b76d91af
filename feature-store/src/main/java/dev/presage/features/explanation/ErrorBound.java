package dev.presage.features.explanation;

import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.series.DistinctSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a value can be from what the definition of its feature gives. Rounding is left aside.
 *
 * @param kind what is known of it
 * @param tailOffMillis by how much the tail of the window is off
 * @param headOffMillis by how much the head of the window is off, as of the past
 * @param timeOffMillis how far times that the value is made of can be off, as events of a tile
 *     count in its middle
 * @param eventsInDoubt by how many events, at most, a count over the window is off
 */
public record ErrorBound(
    Kind kind, long tailOffMillis, long headOffMillis, long timeOffMillis, long eventsInDoubt) {
  static final ErrorBound EXACT = new ErrorBound(Kind.EXACT, 0, 0, 0, 0);

  private static final double PERCENT = 100;

  /** What is known of the error; a later one is the worse. */
  public enum Kind {
    /** There is none. */
    EXACT,
    /** It is the exact answer for a window and for times that are off by so much. */
    BOUNDED,
    /**
     * It is an estimate with a relative standard error of {@link
     * DistinctSample#RELATIVE_STANDARD_ERROR}.
     */
    SAMPLED,
    /** It is worked out from tiles, without a bound. */
    ESTIMATED,
    /** The value is missing, as the event that it is of is beyond the retention. */
    FORGOTTEN
  }

  /** Returns the bound of what is made of two values. */
  public ErrorBound and(ErrorBound other) {
    return new ErrorBound(
        kind.compareTo(other.kind) >= 0 ? kind : other.kind,
        Math.max(tailOffMillis, other.tailOffMillis),
        Math.max(headOffMillis, other.headOffMillis),
        Math.max(timeOffMillis, other.timeOffMillis),
        eventsInDoubt + other.eventsInDoubt);
  }

  ErrorBound withTimeOff(long millis) {
    Kind atLeast = kind == Kind.EXACT && millis > 0 ? Kind.BOUNDED : kind;
    return new ErrorBound(atLeast, tailOffMillis, headOffMillis, millis, eventsInDoubt);
  }

  ErrorBound of(Kind other) {
    return new ErrorBound(other, tailOffMillis, headOffMillis, timeOffMillis, eventsInDoubt);
  }

  /**
   * Says it for people: {@code tail off by 5 h (0.7% of the window), 12 events in doubt}.
   *
   * @param windowMillis the length of the window, or {@link Aggregated#LIFETIME}
   */
  public String text(long windowMillis) {
    if (kind == Kind.EXACT) {
      return "exact";
    }
    if (kind == Kind.FORGOTTEN) {
      return "missing, as the event is beyond the retention";
    }
    List<String> parts = new ArrayList<>();
    if (kind == Kind.SAMPLED) {
      parts.add(
          "estimated from a sample, standard error %.0f%%"
              .formatted(PERCENT * DistinctSample.RELATIVE_STANDARD_ERROR));
    } else if (kind == Kind.ESTIMATED) {
      parts.add("estimated from tiles");
    }
    if (tailOffMillis > 0) {
      parts.add("tail off by " + ofWindow(tailOffMillis, windowMillis));
    }
    if (headOffMillis > 0) {
      parts.add("head off by " + ofWindow(headOffMillis, windowMillis));
    }
    if (timeOffMillis > 0) {
      parts.add("times to within " + Spans.text(timeOffMillis));
    }
    if (eventsInDoubt > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%,d %s in doubt",
              eventsInDoubt,
              eventsInDoubt == 1 ? "event" : "events"));
    }
    return String.join(", ", parts);
  }

  private static String ofWindow(long millis, long windowMillis) {
    if (windowMillis == Aggregated.LIFETIME) {
      return Spans.text(millis);
    }
    double percent = PERCENT * millis / windowMillis;
    String share = percent < 0.01 ? "less than 0.01" : String.format(Locale.ROOT, "%.2f", percent);
    return Spans.text(millis) + " (" + share + "% of the window)";
  }
}
