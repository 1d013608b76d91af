package dev.presage.features.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Compares the store with a map, through random sequences of what may happen to it. */
class CachedProfileStorePropertyTest {
  private static final int ROOM_FOR_NUMBERS = 40;

  private enum Kind {
    APPEND,
    APPEND_AGAIN,
    REPLACE,
    GET,
    READ,
    DELETE,
    COMMIT,
    CRASH,
    MOVE
  }

  private record Step(Kind kind, String key, long number) {}

  @Property(tries = 2_000)
  void shouldHoldWhatAMapHoldsWhateverHappens(
      @ForAll("steps") List<Step> steps,
      @ForAll @IntRange(max = 12) int inHead,
      @ForAll @IntRange(max = 12_000) int budget) {
    try (Run run = new Run(inHead, budget)) {
      steps.forEach(run::take);
      run.compareAll();
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(30, Kind.APPEND),
                Tuple.of(10, Kind.APPEND_AGAIN),
                Tuple.of(2, Kind.REPLACE),
                Tuple.of(5, Kind.GET),
                Tuple.of(5, Kind.READ),
                Tuple.of(1, Kind.DELETE),
                Tuple.of(8, Kind.COMMIT),
                Tuple.of(2, Kind.CRASH),
                Tuple.of(1, Kind.MOVE)),
            Arbitraries.of("a", "a\0", "a\1", "b", "", "long-key"),
            Arbitraries.longs())
        .as(Step::new)
        .list()
        .ofMaxSize(200);
  }

  /** The store and its twin, which has what is there now and what was there at the last commit. */
  private static final class Run implements AutoCloseable {
    private final Numbers.Format format;
    private final ProfileCacheBudget budget;
    private StoreUnderTest tested;
    private Map<Bytes, byte[]> changelog = Map.of();
    private Map<String, List<Long>> now = new HashMap<>();
    private Map<String, List<Long>> committed = new HashMap<>();

    Run(int inHead, int budget) {
      this.format = new Numbers.Format(inHead);
      this.budget = new ProfileCacheBudget(budget);
      this.tested = open();
    }

    void take(Step step) {
      switch (step.kind()) {
        case APPEND -> append(step.key(), step.number());
        case APPEND_AGAIN -> {
          append(step.key(), step.number());
          append(step.key(), step.number());
        }
        case REPLACE -> {
          tested.store().put(key(step), Numbers.of(List.of(step.number())));
          now.put(step.key(), List.of(step.number()));
        }
        case GET -> assertThat(listOf(tested.store().get(key(step)))).isEqualTo(twin(step.key()));
        case READ -> compareReadOnly(step.key());
        case DELETE -> {
          tested.store().delete(key(step));
          now.remove(step.key());
        }
        case COMMIT -> commit();
        case CRASH -> {
          now = new HashMap<>(committed);
          openAgain();
        }
        case MOVE -> {
          commit();
          openAgain();
        }
      }
    }

    void compareAll() {
      commit();
      for (String key : List.of("a", "a\0", "a\1", "b", "", "long-key")) {
        assertThat(listOf(tested.store().read(StoreUnderTest.key(key)))).isEqualTo(twin(key));
      }
    }

    private void append(String key, long number) {
      byte[] bytes = StoreUnderTest.key(key);
      Numbers profile = tested.store().get(bytes);
      if (profile == null) {
        profile = new Numbers();
      }
      profile.add(number);
      if (profile.toList().size() > ROOM_FOR_NUMBERS) {
        profile = Numbers.of(List.of(number));
      }
      tested.store().put(bytes, profile);
      now.put(key, profile.toList());
    }

    /** Whoever reads sees the commit, or what was written after it, in the order of its coming. */
    private void compareReadOnly(String key) {
      List<Long> read = listOf(tested.store().read(StoreUnderTest.key(key)));
      List<Long> latest = twin(key);
      List<Long> last = committed.get(key);
      if (read == null || latest == null || last == null) {
        return;
      }
      if (latest.size() >= last.size() && latest.subList(0, last.size()).equals(last)) {
        assertThat(latest.subList(0, Math.min(read.size(), latest.size()))).isEqualTo(read);
      }
    }

    private void commit() {
      changelog = tested.commit();
      committed = new HashMap<>(now);
    }

    private void openAgain() {
      tested.close();
      tested = open();
    }

    private StoreUnderTest open() {
      return new StoreUnderTest(format, 1_000_000, budget, new ProfileStoreStatistics(), changelog);
    }

    private @Nullable List<Long> twin(String key) {
      return now.get(key);
    }

    private static @Nullable List<Long> listOf(@Nullable Numbers numbers) {
      return numbers == null ? null : new ArrayList<>(numbers.toList());
    }

    private static byte[] key(Step step) {
      return StoreUnderTest.key(step.key());
    }

    @Override
    public void close() {
      tested.close();
    }
  }
}
