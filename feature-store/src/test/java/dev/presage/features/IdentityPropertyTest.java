package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.identity.Identity;
import dev.presage.features.series.SeriesState;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Points 5 and 11 of the semantics, identity and erasure: whatever the order in which links and
 * events of several IDs arrive, and whatever partition is ahead of the others, the final profile is
 * the one that would be there had the IDs been known from the start.
 */
class IdentityPropertyTest {
  @Property(tries = 1_000)
  void shouldEndInTheProfileThatKnownIdsWouldHaveMade(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 7) int people,
      @ForAll @IntRange(min = 1, max = 9) int links) {
    Random random = new Random(seed);
    Subject subject = new Subject(MergePropertyTest.declarations(random));
    List<Event> events = MergePropertyTest.recent(random, SeriesState.HELD);
    LogSimulator logs = new LogSimulator(subject.engine, random);
    Components components = new Components(people);
    Map<Event, Integer> owners = new HashMap<>();
    List<Runnable> arrivals = new ArrayList<>();
    for (Event event : events) {
      // A copy of an event comes by the ID that had the first one, as its sender sends it again.
      int owner = owners.computeIfAbsent(event, _ -> random.nextInt(people));
      arrivals.add(() -> logs.event(id(owner), event));
    }
    for (int i = 0; i < links; i++) {
      int from = random.nextInt(people);
      int to = random.nextInt(people);
      components.join(from, to);
      arrivals.add(random.nextInt(arrivals.size() + 1), () -> logs.link(id(from), id(to), false));
    }

    for (Runnable arrival : arrivals) {
      arrival.run();
      for (int i = random.nextInt(4); i > 0; i--) {
        logs.step();
      }
    }
    logs.drain();

    for (int person = 0; person < people; person++) {
      int component = components.of(person);
      String canonical = logs.canonical(id(person));
      assertThat(canonical).isEqualTo(logs.canonical(id(component)));
      ProfileState expected = subject.engine.newState();
      events.stream()
          .filter(event -> components.of(owners.getOrDefault(event, -1)) == component)
          .forEach(event -> subject.engine.apply(expected, event));
      ProfileState actual = logs.person(canonical).features();
      assertThat(actual.newestEventMillis()).isEqualTo(expected.newestEventMillis());
      assertThat(
              Arrays.equals(
                  MergePropertyTest.vector(subject, actual),
                  MergePropertyTest.vector(subject, expected)))
          .as("the vector of %s, canonical %s", id(person), canonical)
          .isTrue();
    }
  }

  @Property(tries = 500)
  void shouldKnowAtTheEndOfTheRedirectsWhoWasAbsorbed(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int people) {
    Random random = new Random(seed);
    Subject subject = new Subject(MergePropertyTest.declarations(random));
    LogSimulator logs = new LogSimulator(subject.engine, random);
    for (int i = 0; i < people; i++) {
      logs.link(id(i), id((i + 1) % people), random.nextBoolean());
    }
    logs.drain();

    Identity.Own winner = (Identity.Own) logs.person(logs.canonical(id(0))).identity();
    List<String> all = new ArrayList<>(winner.members());
    all.add(logs.canonical(id(0)));
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, people).mapToObj(IdentityPropertyTest::id).toList());
  }

  @Property(tries = 1_000)
  void shouldLeaveNothingOfAnErasedPersonWhateverIsOnItsWay(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int people,
      @ForAll @IntRange(min = 0, max = 60) int size) {
    Random random = new Random(seed);
    Subject subject = new Subject(MergePropertyTest.declarations(random));
    LogSimulator logs = new LogSimulator(subject.engine, random);
    for (int i = 1; i < people; i++) {
      logs.link(id(i), id(random.nextInt(i)), true);
    }
    List<Event> events = RandomHistory.random(random, size + 1);
    int erased = random.nextInt(events.size());
    for (int i = 0; i < events.size(); i++) {
      if (i == erased) {
        logs.erase(id(random.nextInt(people)));
      }
      logs.event(id(random.nextInt(people)), events.get(i));
      logs.step();
    }
    logs.drain();

    for (int i = 0; i < people; i++) {
      LogSimulator.Person person = logs.person(id(i));
      assertThat(person.identity()).as(id(i)).isInstanceOf(Identity.Erased.class);
      assertThat(person.features().isEmpty()).isTrue();
    }
  }

  private static String id(int person) {
    return "id-" + person;
  }

  /** Who is who, by the links: union and find. */
  private static final class Components {
    private final int[] parents;

    Components(int size) {
      parents = IntStream.range(0, size).toArray();
    }

    void join(int one, int other) {
      parents[of(one)] = of(other);
    }

    int of(int person) {
      return parents[person] == person ? person : of(parents[person]);
    }
  }
}
