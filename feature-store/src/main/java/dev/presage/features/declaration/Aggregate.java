package dev.presage.features.declaration;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the events of a window become one number. Times are in days; missing is NaN. */
public enum Aggregate {
  COUNT(null, Span.WINDOW, "number of events", "0"),
  SUM(Kind.NUMBERS, Span.WINDOW, "sum of the values", "0"),
  MEAN(Kind.NUMBERS, Span.WINDOW, "mean of the values", "missing"),
  MIN(Kind.NUMBERS, Span.WINDOW, "least value", "missing"),
  MAX(Kind.NUMBERS, Span.WINDOW, "greatest value", "missing"),
  STDDEV(
      Kind.NUMBERS,
      Span.WINDOW,
      "standard deviation of the values, dividing by their number; 0 of one",
      "missing"),
  FIRST(Kind.NUMBERS, Span.WINDOW, "value of the oldest event", "missing"),
  LAST(
      Kind.NUMBERS,
      Span.WINDOW,
      "value of the newest event, or of the `k`-th newest",
      "missing, of fewer than `k` events, too",
      Parameter.K),
  TIME_SINCE_FIRST(null, Span.WINDOW, "days since the oldest event", "missing"),
  TIME_SINCE_LAST(
      null,
      Span.WINDOW,
      "days since the newest event, or since the `k`-th newest",
      "missing, of fewer than `k` events, too",
      Parameter.K),
  MEAN_TIME_BETWEEN(
      null, Span.WINDOW, "mean days from one event to the next", "missing, of one event, too"),
  DISTINCT(
      Kind.IDENTIFIERS,
      Span.WINDOW,
      "number of different identifiers; exact up to 128 of them, an estimate beyond",
      "0"),
  SESSIONS(
      null,
      Span.WINDOW,
      "number of sessions: runs of events none of which comes more than `gap` after the one before",
      "0",
      Parameter.GAP),
  MEAN_SESSION_LENGTH(
      null,
      Span.WINDOW,
      "mean days from the first event of a session to its last",
      "missing",
      Parameter.GAP),
  MEAN_SESSION_EVENTS(
      null, Span.WINDOW, "mean number of events of a session", "missing", Parameter.GAP),
  DECAYED_COUNT(
      null,
      Span.ALL_TIME,
      "number of events, where one of age a counts 2^(−a / `half_life`)",
      "0",
      Parameter.HALF_LIFE),
  DECAYED_SUM(
      Kind.NUMBERS,
      Span.ALL_TIME,
      "sum of the values, where one of age a counts 2^(−a / `half_life`) times",
      "0",
      Parameter.HALF_LIFE),
  SHARE(
      null,
      Span.WINDOW,
      "number of events, divided by the number of events of the series `of` in the same window",
      "0; missing where `of` has no events",
      Parameter.OF),
  TREND(
      null,
      Span.WINDOW_AND_THE_ONE_BEFORE,
      "number of events, divided by the number in the window of the same length before",
      "0; missing where the window before is empty"),
  SUM_TREND(
      Kind.NUMBERS,
      Span.WINDOW_AND_THE_ONE_BEFORE,
      "sum of the values, divided by the sum in the window of the same length before",
      "0; missing where the sum before is 0, within 10<sup>−9</sup>");

  /** How far back an aggregate looks. */
  public enum Span {
    /** Over a window, which can be lifetime. */
    WINDOW,
    /** Over a window that is a duration, and over the one of the same length before it. */
    WINDOW_AND_THE_ONE_BEFORE,
    /** Always over all time; it takes no window. */
    ALL_TIME
  }

  private final @Nullable Kind needs;
  private final Span span;
  private final String gives;
  private final String ofEmptyWindow;
  private final @Nullable Parameter parameter;

  Aggregate(@Nullable Kind needs, Span span, String gives, String ofEmptyWindow) {
    this(needs, span, gives, ofEmptyWindow, null);
  }

  Aggregate(
      @Nullable Kind needs,
      Span span,
      String gives,
      String ofEmptyWindow,
      @Nullable Parameter parameter) {
    this.needs = needs;
    this.span = span;
    this.gives = gives;
    this.ofEmptyWindow = ofEmptyWindow;
    this.parameter = parameter;
  }

  /** Returns the kind of series that it needs; empty where any will do. */
  public Optional<Kind> needs() {
    return Optional.ofNullable(needs);
  }

  /** Says whether it can be over a series of a kind. */
  public boolean takes(Kind kind) {
    return needs == null || needs == kind;
  }

  /** Returns how far back it looks. */
  public Span span() {
    return span;
  }

  /** Returns the parameter that it takes; {@link Parameter#isRequired} says whether it must. */
  public Optional<Parameter> parameter() {
    return Optional.ofNullable(parameter);
  }

  /** Says in a line of Markdown what it gives. */
  public String gives() {
    return gives;
  }

  /** Says in a line of Markdown what it gives of a window without events. */
  public String ofEmptyWindow() {
    return ofEmptyWindow;
  }

  /** Returns the name in declarations: {@code mean_time_between}. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Aggregate> named(String yamlName) {
    return Arrays.stream(values()).filter(a -> a.yamlName().equals(yamlName)).findFirst();
  }

  static List<String> yamlNames() {
    return Arrays.stream(values()).map(Aggregate::yamlName).toList();
  }
}
