package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.series.SeriesState;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Points 2, 3 and 4 of the semantics, windows, order and duplicates: compares the engine with its
 * naive twin over random declarations and histories.
 */
class FeatureEnginePropertyTest {
  @Property
  void shouldAnswerAsTheDefinitionsSay(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(RandomDeclarations.random(random));
    for (Event event : RandomHistory.random(random, size)) {
      subject.apply(event);
      if (random.nextInt(40) == 0) {
        subject.store();
      }
      if (random.nextInt(150) == 0) {
        subject.checkAround(random);
      }
    }
    subject.check(subject.twin.now());
  }

  @Property(tries = 1_000)
  void shouldAnswerNewFeaturesFromTheTilesThatAreThere(
      @ForAll long seed, @ForAll @IntRange(min = 50, max = 400) int size) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    Subject subject = new Subject(declarations);
    int redeclared = random.nextInt(size);
    int done = 0;
    for (Event event : RandomHistory.random(random, size)) {
      subject.apply(event);
      if (done++ == redeclared) {
        subject.redeclare(declarations.withMore(random));
        subject.checkAround(random);
      }
    }
    subject.checkAround(random);
  }

  /** Sessions, and the first of a tile, are known in tiles where nothing came late. */
  @Property(tries = 2_000)
  void shouldAnswerAsTheDefinitionsSayWhereEventsComeInOrder(
      @ForAll long seed, @ForAll @IntRange(min = 50, max = 600) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(RandomDeclarations.random(random));
    for (Event event : RandomHistory.inOrder(random, size)) {
      subject.apply(event);
      if (random.nextInt(40) == 0) {
        subject.store();
      }
    }
    subject.checkAround(random);
  }

  /** What training rows rest on: an event that comes after t does not change the vector as of t. */
  @Property(tries = 1_000)
  void shouldNotKnowWhatComesLater(@ForAll long seed) {
    Random random = new Random(seed);
    Subject subject = new Subject(RandomDeclarations.random(random));
    RandomHistory.inOrder(random, SeriesState.HELD / 2).forEach(subject::apply);
    long asOf = subject.twin.now();
    double[] before = new double[subject.engine.schema().size()];
    subject.engine.vector(subject.state, asOf, before);

    for (Event later : RandomHistory.inOrder(random, SeriesState.HELD / 2)) {
      long time = asOf + 1 + random.nextInt(1_000_000);
      subject.apply(
          Events.event(
              "later " + later.getEventId(), later.getType(), time, later.getProperties()));
    }

    double[] after = new double[before.length];
    subject.engine.vector(subject.state, asOf, after);
    assertThat(Arrays.equals(bits(after), bits(before))).isTrue();
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

  @Property(tries = 1_000)
  void shouldReplayItsLogToTheSameBits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(RandomDeclarations.random(random));
    byte[] body = subject.codec.encode(subject.state);
    for (Event event : RandomHistory.random(random, size)) {
      subject.apply(event);
      if (subject.state.log().isFull()) {
        body = subject.codec.encode(subject.state);
        subject.codec.stored(subject.state);
      } else if (random.nextInt(8) == 0) {
        byte[] log = subject.codec.encodeLog(subject.state);
        ProfileState replayed = subject.codec.decode(body);
        subject.codec.replay(replayed, log);
        assertThat(subject.codec.encode(replayed)).isEqualTo(subject.codec.encode(subject.state));
        assertThat(subject.codec.encodeLog(replayed)).isEqualTo(log);
        subject.state = replayed;
      }
    }
  }

  @Property(tries = 200)
  void shouldGiveTheSameVectorInWhateverOrderFewEventsCome(@ForAll long seed) {
    Random random = new Random(seed);
    RandomDeclarations declarations = RandomDeclarations.random(random);
    List<Event> all = RandomHistory.random(random, SeriesState.HELD).stream().distinct().toList();
    long newest = all.stream().mapToLong(Events::time).max().orElseThrow();
    // Nothing is too late: every retention here is a day or more.
    List<Event> events =
        all.stream().filter(event -> Events.time(event) > newest - Events.DAY).toList();
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

  private static long[] bits(double[] vector) {
    return Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
