package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.NaiveTwin.Kept;
import dev.presage.features.RandomDeclarations.FeatureSpec;
import dev.presage.features.RandomDeclarations.SeriesSpec;
import dev.presage.features.series.SeriesState;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Compares the engine with its naive twin over random declarations and histories. */
class FeatureEnginePropertyTest {
  /** What the ladder promises, as a share of the window. */
  private static final double BOUND = 0.01;

  /** A 64th of a tile that is at most 1/51 of the window: how far a time in a tile is rounded. */
  private static final double TIME_ROUNDING = 1.0 / 51 / 64;

  @Property(tries = 2_000)
  void shouldAnswerAsTheDefinitionsSay(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int size) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    Subject subject = new Subject(declarations);
    for (Event event : RandomHistory.random(random, size)) {
      assertThat(subject.engine.apply(subject.state, event).kind())
          .isEqualTo(subject.twin.apply(event));
      if (random.nextInt(40) == 0) {
        subject.state = subject.codec.decode(subject.codec.encode(subject.state));
      }
      if (random.nextInt(60) == 0) {
        long now = subject.twin.now();
        subject.check(now);
        subject.check(now + (long) Math.pow(10, random.nextDouble() * 10));
        subject.check(Math.max(0, now - (long) Math.pow(10, random.nextDouble() * 10)));
      }
    }
    subject.check(subject.twin.now());
  }

  @Property(tries = 300)
  void shouldGiveTheSameBitsWhateverWasAskedAndStoredInBetween(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int size) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    Subject asked = new Subject(declarations);
    Subject left = new Subject(declarations);
    double[] vector = new double[asked.engine.schema().size()];
    for (Event event : RandomHistory.random(random, size)) {
      asked.engine.apply(asked.state, event);
      left.engine.apply(left.state, event);
      long around = Math.max(0, asked.state.newestEventMillis() + random.nextInt() * 10L);
      asked.engine.vector(asked.state, around, vector);
      if (random.nextInt(3) == 0) {
        asked.state = asked.codec.decode(asked.codec.encode(asked.state));
      }
    }
    assertThat(asked.codec.encode(asked.state)).isEqualTo(left.codec.encode(left.state));
    double[] other = new double[vector.length];
    asked.engine.vector(asked.state, asked.state.newestEventMillis(), vector);
    left.engine.vector(left.state, left.state.newestEventMillis(), other);
    assertThat(bits(vector)).isEqualTo(bits(other));
  }

  @Property(tries = 200)
  void shouldGiveTheSameVectorInWhateverOrderFewEventsCome(@ForAll long seed) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    List<Event> all = RandomHistory.random(random, SeriesState.HELD).stream().distinct().toList();
    long newest = all.stream().mapToLong(FeatureEnginePropertyTest::time).max().orElseThrow();
    // Nothing is too late: every retention here is a day or more.
    List<Event> events = all.stream().filter(event -> time(event) > newest - Events.DAY).toList();
    List<Event> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, random);
    Subject inOrder = new Subject(declarations);
    Subject anyOrder = new Subject(declarations);
    for (int i = 0; i < events.size(); i++) {
      assertThat(inOrder.engine.apply(inOrder.state, events.get(i)).isApplied()).isTrue();
      assertThat(anyOrder.engine.apply(anyOrder.state, shuffled.get(i)).isApplied()).isTrue();
    }
    double[] vector = new double[inOrder.engine.schema().size()];
    double[] other = new double[vector.length];
    inOrder.engine.vector(inOrder.state, inOrder.state.newestEventMillis(), vector);
    anyOrder.engine.vector(anyOrder.state, anyOrder.state.newestEventMillis(), other);
    assertThat(bits(other)).isEqualTo(bits(vector));
  }

  private static long time(Event event) {
    return event.getOccurredAt().toEpochMilli();
  }

  private static long[] bits(double[] vector) {
    return Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  /** An engine, its twin, and what is promised of the difference. */
  private static final class Subject {
    private final RandomDeclarations declarations;
    private final FeatureEngine engine;
    private final ProfileCodec codec;
    private final NaiveTwin twin;
    private ProfileState state;

    Subject(RandomDeclarations declarations) {
      this.declarations = declarations;
      this.engine = new FeatureEngine(FeatureDeclarations.parse(declarations.yaml(), "random"));
      this.codec = new ProfileCodec(engine);
      this.twin = new NaiveTwin(declarations);
      this.state = engine.newState();
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
      if (late + (window == null ? 1 : window) > series.retentionMillis()) {
        // Further back than the retention nothing is promised.
        return;
      }
      long tail = window == null ? Long.MIN_VALUE : asOf - window;
      List<Kept> exact = twin.window(series, tail, asOf);
      List<Kept> newer = twin.window(series, asOf, Long.MAX_VALUE);
      if (exact.size() + newer.size() <= SeriesState.HELD) {
        if (NaiveTwin.matches(feature, exact, asOf, actual, 0)) {
          return;
        }
        throw new AssertionError(
            "%s as of %d: exactly %s, here is %s"
                .formatted(feature, asOf, NaiveTwin.value(feature, exact, asOf), actual));
      }
      long span = (window == null ? 0 : window) + late;
      long tailOff = window == null ? 0 : (long) (BOUND * span);
      long endOff = late == 0 ? 0 : (long) (BOUND * Math.max(late, shortestWindow(series)));
      long earliestTail = tail == Long.MIN_VALUE ? tail : tail - tailOff;
      long latestTail = tail == Long.MIN_VALUE ? tail : tail + tailOff;
      double rounding = TIME_ROUNDING * Math.max(span, lifetimeSpan(series, window, asOf));
      for (List<Kept> some :
          twin.windows(series, earliestTail, latestTail, asOf - endOff, asOf + endOff)) {
        if (NaiveTwin.matches(feature, some, asOf, actual, rounding)) {
          return;
        }
      }
      throw new AssertionError(
          "%s as of %d (%d before the newest): %s is out of bound, exactly it would be %s over %d events"
              .formatted(
                  feature,
                  asOf,
                  late,
                  actual,
                  NaiveTwin.value(feature, exact, asOf),
                  exact.size()));
    }

    /** Of all time as of the past, the last event can be in a tile. */
    private long lifetimeSpan(SeriesSpec series, @Nullable Long window, long asOf) {
      return window == null ? Math.max(twin.now() - asOf, shortestWindow(series)) : 0;
    }

    private long shortestWindow(SeriesSpec series) {
      return declarations.features().stream()
          .filter(feature -> feature.series().equals(series) && feature.windowMillis() != null)
          .mapToLong(FeatureSpec::windowMillis)
          .min()
          .orElse(Events.DAY);
    }
  }
}
