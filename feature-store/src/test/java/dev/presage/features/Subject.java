package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.NaiveTwin.Kept;
import dev.presage.features.RandomDeclarations.FeatureSpec;
import dev.presage.features.RandomDeclarations.SeriesSpec;
import dev.presage.features.series.DistinctSample;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.TileGrid;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** An engine with one profile, its twin, and what is promised of the difference. */
final class Subject {
  FeatureEngine engine;
  ProfileCodec codec;
  final NaiveTwin twin;
  ProfileState state;

  private RandomDeclarations declarations;
  private final List<RandomDeclarations> everDeclared = new ArrayList<>();
  private boolean isOrdered = true;
  private boolean mayBeFolded;

  Subject(RandomDeclarations declarations) {
    this.declarations = declarations;
    this.everDeclared.add(declarations);
    this.engine = new FeatureEngine(FeatureDeclarations.parse(declarations.yaml(), "random"));
    this.codec = new ProfileCodec(engine);
    this.twin = new NaiveTwin(declarations);
    this.state = engine.newState();
  }

  void apply(Event event) {
    ApplyOutcome.Kind expected = twin.apply(event);
    assertThat(engine.apply(state, event).kind()).isEqualTo(expected);
    isOrdered &= expected != ApplyOutcome.Kind.APPLIED_LATE;
  }

  /** Says that the state is of several profiles, whose sessions lay over each other. */
  void isMerged() {
    isOrdered = false;
  }

  /**
   * Checks a state that was merged from parts that had folded events: what the newest of them were
   * is not known one by one then.
   */
  void checkMerged(long asOf) {
    mayBeFolded = true;
    check(asOf);
  }

  /** Goes on with what is stored of the state under other declarations of the same series. */
  void redeclare(RandomDeclarations others) {
    byte[] stored = codec.encode(state);
    declarations = others;
    everDeclared.add(others);
    engine = new FeatureEngine(FeatureDeclarations.parse(others.yaml(), "random"));
    codec = new ProfileCodec(engine);
    state = codec.decode(stored);
    // Breaks between folded events were not counted for a gap that is new.
    isOrdered = false;
  }

  /** Goes on with what is stored of the state. */
  void store() {
    state = codec.decode(codec.encode(state));
  }

  void checkAround(Random random) {
    long now = twin.now();
    check(now);
    check(now + (long) Math.pow(10, random.nextDouble() * 10));
    check(Math.max(0, now - (long) Math.pow(10, random.nextDouble() * 10)));
  }

  void check(long asOf) {
    byte[] before = codec.encode(state);
    double[] vector = new double[engine.schema().size()];
    engine.vector(state, asOf, vector);
    assertThat(codec.encode(state)).isEqualTo(before);
    Map<String, Double> byName = new HashMap<>();
    for (int i = 0; i < vector.length; i++) {
      byName.put(engine.schema().names().get(i), vector[i]);
    }
    for (FeatureSpec feature : declarations.features()) {
      check(feature, asOf, byName.getOrDefault(feature.name(), Double.NEGATIVE_INFINITY));
    }
    assertThat(byName).containsEntry("twice", 2 * byName.getOrDefault("events_of_first", -1.0));
  }

  private void check(FeatureSpec feature, long asOf, double actual) {
    SeriesSpec series = feature.series();
    long late = Math.max(0, twin.now() - asOf);
    Long window = feature.windowMillis();
    boolean looksTwice = feature.aggregate().endsWith("trend");
    long length = window == null ? 1 : looksTwice ? 2 * window : window;
    SeriesSpec of = feature.of();
    long retention =
        of == null
            ? series.retentionMillis()
            : Math.min(series.retentionMillis(), of.retentionMillis());
    if (late + length > retention) {
      // Further back than the retention nothing is promised.
      return;
    }
    if (Double.isNaN(actual) && isBeyondRetention(feature, asOf)) {
      return;
    }
    long tail = window == null ? Long.MIN_VALUE : asOf - length;
    boolean isExact =
        (!mayBeFolded && isHeld(series, tail, asOf) && (of == null || isHeld(of, tail, asOf)))
            || isExactThoughFolded(feature, tail, asOf, late);
    if (isExact) {
      double tolerance = NaiveTwin.tolerance(feature, twin.window(series, tail, asOf), 0);
      Double expected = twin.value(feature, asOf);
      if (!NaiveTwin.isNear(expected, actual, tolerance)) {
        throw new AssertionError(
            "%s as of %d: exactly %s, here is %s".formatted(feature, asOf, expected, actual));
      }
    } else if (!isPromised(feature, asOf, late, actual)) {
      throw new AssertionError(
          "%s as of %d (%d before the newest): %s is out of bound, exactly it would be %s over %d events"
              .formatted(
                  feature,
                  asOf,
                  late,
                  actual,
                  twin.value(feature, asOf),
                  twin.window(series, tail, asOf).size()));
    }
  }

  /** Says whether the k-th newest event is so old that it may have been pruned. */
  private boolean isBeyondRetention(FeatureSpec feature, long asOf) {
    int k = (int) feature.argument();
    List<Kept> all = twin.window(feature.series(), Long.MIN_VALUE, asOf);
    return k > 1
        && (feature.aggregate().equals("last") || feature.aggregate().equals("time_since_last"))
        && all.size() >= k
        && all.get(all.size() - k).time() <= twin.now() - feature.series().retentionMillis();
  }

  /** Says whether all events of a window, and all that are newer, are held one by one. */
  private boolean isHeld(SeriesSpec series, long tail, long asOf) {
    return twin.window(series, tail, asOf).size() + twin.window(series, asOf, Long.MAX_VALUE).size()
        <= SeriesState.HELD;
  }

  /** Says whether the folded events are remembered in a way that is exact, too. */
  private boolean isExactThoughFolded(FeatureSpec feature, long tail, long asOf, long late) {
    return switch (feature.aggregate()) {
      case "decayed_count", "decayed_sum" -> late == 0;
      case "distinct" ->
          late == 0
              && twin.window(feature.series(), tail, asOf).stream()
                      .map(Kept::value)
                      .distinct()
                      .count()
                  <= DistinctSample.EXACT;
      default -> false;
    };
  }

  /** Says whether a value is the exact one for a window whose ends are off by what is promised. */
  private boolean isPromised(FeatureSpec feature, long asOf, long late, double actual) {
    SeriesSpec series = feature.series();
    Long window = feature.windowMillis();
    SeriesSpec of = feature.of();
    if (of != null) {
      return isWithin(
          actual,
          windows(series, window, asOf, late).stream().mapToInt(List::size).toArray(),
          windows(of, window, asOf, late).stream().mapToInt(List::size).toArray());
    }
    if (window != null && feature.aggregate().equals("trend")) {
      long earlier = Math.max(0, twin.now() - (asOf - window));
      return isWithin(
          actual,
          windows(series, window, asOf, late).stream().mapToInt(List::size).toArray(),
          windows(series, window, asOf - window, earlier).stream().mapToInt(List::size).toArray());
    }
    if (feature.aggregate().equals("sum_trend")
        || feature.aggregate().startsWith("decayed")
        || feature.aggregate().equals("distinct")
        || (feature.argument() > 1 && (late > 0 || !isOrdered))
        || (feature.aggregate().contains("session") && (late > 0 || !isOrdered))) {
      return true;
    }
    boolean isOfOneEvent =
        feature.aggregate().equals("first") || feature.aggregate().equals("last");
    return windows(series, window, asOf, late).stream()
            .anyMatch(some -> matches(feature, some, asOf, actual))
        || (!isOrdered && isOfOneEvent && isInTheTileOfAnEnd(feature, asOf, late, actual));
  }

  /** Of late events in a tile nobody knows whether they came before its first or after its last. */
  private boolean isInTheTileOfAnEnd(FeatureSpec feature, long asOf, long late, double actual) {
    SeriesSpec series = feature.series();
    Long window = feature.windowMillis();
    long length = window == null ? 0 : window;
    long width = 2 * Math.max(bound(series, late + length), bound(series, late));
    return windows(series, window, asOf, late).stream()
        .filter(some -> !some.isEmpty())
        .map(some -> feature.aggregate().equals("first") ? some.getFirst() : some.getLast())
        .flatMap(end -> twin.window(series, end.time() - width - 1, end.time() + width).stream())
        .anyMatch(event -> event.value() == actual);
  }

  private boolean matches(FeatureSpec feature, List<Kept> window, long asOf, double actual) {
    // An event in a tile counts in its middle, which is off by a share of the event's age.
    double rounding =
        window.isEmpty()
            ? 0
            : boundOfAge(feature.series(), window.getFirst())
                + boundOfAge(feature.series(), window.getLast());
    if (feature.aggregate().equals("mean_session_length")) {
      Double expected = NaiveTwin.value(feature, window, asOf);
      return NaiveTwin.isNear(expected, actual, rounding / Events.DAY);
    }
    return NaiveTwin.matches(feature, window, asOf, actual, rounding);
  }

  private double boundOfAge(SeriesSpec series, Kept event) {
    return bound(series, twin.now() - event.time());
  }

  private List<List<Kept>> windows(SeriesSpec series, @Nullable Long window, long asOf, long late) {
    long endOff = bound(series, late);
    if (window == null) {
      return twin.windows(series, Long.MIN_VALUE, Long.MIN_VALUE, asOf - endOff, asOf + endOff);
    }
    long tail = asOf - window;
    long tailOff = bound(series, late + window);
    return twin.windows(series, tail - tailOff, tail + tailOff, asOf - endOff, asOf + endOff);
  }

  private static boolean isWithin(double actual, int[] parts, int[] wholes) {
    for (int part : parts) {
      for (int whole : wholes) {
        boolean isNear = Math.abs(actual - (double) part / whole) <= 1e-12 * Math.abs(actual);
        if (whole == 0 ? Double.isNaN(actual) : isNear) {
          return true;
        }
      }
    }
    return false;
  }

  /** Half of the widest tile that can lie at an age, by whatever was declared when it was made. */
  private long bound(SeriesSpec series, long age) {
    return everDeclared.stream()
        .mapToLong(declared -> bound(declared, series, age))
        .max()
        .orElse(0);
  }

  private static long bound(RandomDeclarations declared, SeriesSpec series, long age) {
    if (age <= 0) {
      return 0;
    }
    List<Long> windows = new ArrayList<>();
    for (FeatureSpec feature : declared.features()) {
      Long window = feature.windowMillis();
      boolean reads = feature.series().equals(series) || series.equals(feature.of());
      if (reads && window != null) {
        windows.add(window);
        if (feature.aggregate().endsWith("trend")) {
          windows.add(2 * window);
        }
      }
    }
    for (long anchor : TileGrid.of(windows, series.retentionMillis()).anchors()) {
      if (anchor >= age) {
        return anchor / 100 + 1;
      }
    }
    return series.retentionMillis() / 100 + 1;
  }
}
