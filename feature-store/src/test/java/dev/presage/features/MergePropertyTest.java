package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.series.SeriesState;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Point 5 of the semantics, identity: merges profiles, and compares with one whose IDs were known
 * from the start.
 */
class MergePropertyTest {
  @Property(tries = 2_000)
  void shouldBeTheProfileThatAllEventsWouldHaveMadeWhileNothingIsFolded(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 4) int parts) {
    Random random = new Random(seed);
    Subject subject = new Subject(declarations(random));
    List<Event> events = recent(random, SeriesState.HELD);
    List<ProfileState> states = split(subject, events, parts, random);
    events.forEach(subject::apply);

    ProfileState merged = mergeInSomeOrder(subject, states, random);

    assertThat(Arrays.equals(vector(subject, merged), vector(subject, subject.state))).isTrue();
    subject.state = merged;
    subject.isMerged();
    subject.checkAround(random);
    subject.store();
    subject.checkAround(random);
  }

  @Property(tries = 1_000)
  void shouldNotMatterWhichTwoOfThreeComeFirstWhileNothingIsFolded(@ForAll long seed) {
    Random random = new Random(seed);
    Subject subject = new Subject(declarations(random));
    List<ProfileState> three = split(subject, recent(random, SeriesState.HELD), 3, random);
    FeatureEngine engine = subject.engine;

    ProfileState left = engine.merge(engine.merge(three.get(0), three.get(1)), three.get(2));
    ProfileState right = engine.merge(three.get(0), engine.merge(three.get(1), three.get(2)));

    assertThat(Arrays.equals(subject.codec.encode(left), subject.codec.encode(right))).isTrue();
  }

  @Property(tries = 1_000)
  void shouldNotMatterWhichOfTwoComesFirst(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(declarations(random));
    List<ProfileState> two = split(subject, RandomHistory.random(random, size), 2, random);

    ProfileState one = subject.engine.merge(two.get(0), two.get(1));
    ProfileState other = subject.engine.merge(two.get(1), two.get(0));
    assertThat(Arrays.equals(subject.codec.encode(one), subject.codec.encode(other))).isTrue();
  }

  /** Of events without copies and not late, so that no cap and no retention comes in between. */
  @Property(tries = 1_000)
  void shouldStayWithinTheBoundWhereEventsWereFolded(
      @ForAll long seed, @ForAll @IntRange(min = 100, max = 600) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(declarations(random));
    List<Event> events = new ArrayList<>(RandomHistory.inOrder(random, size));
    long newest = Events.time(events.getLast());
    events.removeIf(event -> Events.time(event) <= newest - Events.DAY);
    List<Event> distinct = events.stream().distinct().toList();
    List<ProfileState> two = split(subject, distinct, 2, random);
    distinct.forEach(subject.twin::apply);

    subject.state = subject.engine.merge(two.get(0), two.get(1));

    subject.isMerged();
    subject.checkMerged(newest);
    subject.store();
    subject.checkMerged(newest);
  }

  /** Remembers every event ID of a day: so it does not matter which profile had the first copy. */
  static RandomDeclarations declarations(Random random) {
    RandomDeclarations any = RandomDeclarations.random(random);
    return new RandomDeclarations(any.series(), any.features(), 2 * Events.DAY);
  }

  static List<Event> recent(Random random, int size) {
    List<Event> all = RandomHistory.random(random, size);
    long newest = all.stream().mapToLong(Events::time).max().orElseThrow();
    // Nothing is too late: every retention is a day or more. And no two events of one type share a
    // millisecond, in which only their values tell them apart.
    Map<Long, String> idByTime = new HashMap<>();
    return all.stream()
        .filter(event -> Events.time(event) > newest - Events.DAY)
        .filter(
            event ->
                event
                    .getEventId()
                    .equals(idByTime.computeIfAbsent(Events.time(event), _ -> event.getEventId())))
        .toList();
  }

  /** Gives each event to one profile, and some to two, as a sender does that tries again. */
  private static List<ProfileState> split(
      Subject subject, List<Event> events, int parts, Random random) {
    List<ProfileState> states = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      states.add(subject.engine.newState());
    }
    for (Event event : events) {
      subject.engine.apply(states.get(random.nextInt(parts)), event);
    }
    return states;
  }

  private static ProfileState mergeInSomeOrder(
      Subject subject, List<ProfileState> states, Random random) {
    List<ProfileState> left = new ArrayList<>(states);
    while (left.size() > 1) {
      ProfileState one = left.remove(random.nextInt(left.size()));
      ProfileState other = left.remove(random.nextInt(left.size()));
      left.add(subject.engine.merge(one, other));
    }
    return left.getFirst();
  }

  static long[] vector(Subject subject, ProfileState state) {
    double[] vector = new double[subject.engine.schema().size()];
    subject.engine.vector(state, Math.max(0, state.newestEventMillis()), vector);
    return Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
