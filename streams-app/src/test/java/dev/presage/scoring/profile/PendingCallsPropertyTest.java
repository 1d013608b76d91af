package dev.presage.scoring.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.state.Notes;
import dev.presage.features.state.ProfileKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Each call asks every profile once, whatever the turns, and wherever a restart comes. */
class PendingCallsPropertyTest {
  private static final int ADD = 0;
  private static final int RESTART = 1;

  @Property(tries = 300)
  void shouldAskEveryProfileOnceForEachCall(
      @ForAll @IntRange(min = 0, max = 200) int profiles,
      @ForAll @Size(max = 60) List<@IntRange(max = 90) Integer> steps) {
    Keys keys = new Keys(profiles);
    KeptNotes notes = new KeptNotes();
    Log log = new Log();
    PendingCalls calls = new PendingCalls(keys, notes);
    int added = 0;
    for (int step : steps) {
      switch (step) {
        case ADD -> calls.add(bytes("call-" + added++));
        case RESTART -> {
          calls = new PendingCalls(keys, notes);
          log.forget();
        }
        default -> calls.goOn(new Steps(step), log);
      }
      assertThat(calls.size()).isBetween(0L, (long) added);
    }
    long passes = 0;
    while (calls.size() > 0) {
      calls.goOn(new Steps(50), log);
      assertThat(passes++).as("it comes to its end").isLessThan(1_000);
    }

    assertThat(log.asked).hasSize(profiles == 0 ? 0 : added);
    log.asked.values().forEach(it -> assertThat(it).containsExactlyElementsOf(keys.sorted));
    assertThat(notes.byName).as("nothing is left of them").hasSizeLessThanOrEqualTo(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** So many steps, and the first in any case, as of a {@link Turn}. */
  private static final class Steps implements BooleanSupplier {
    private int left;

    Steps(int left) {
      this.left = left;
    }

    @Override
    public boolean getAsBoolean() {
      return left-- > 0;
    }
  }

  /** Whom each call asked. */
  private static final class Log implements PendingCalls.Pass {
    final Map<String, List<String>> asked = new TreeMap<>();
    private List<String> calls = List.of();

    @Override
    public void begin(List<byte[]> calls) {
      this.calls = calls.stream().map(it -> new String(it, StandardCharsets.UTF_8)).toList();
    }

    @Override
    public void ask(byte[] key) {
      assertThat(calls).as("a pass begins before it asks").isNotEmpty();
      String id = new String(key, StandardCharsets.UTF_8);
      calls.forEach(it -> asked.computeIfAbsent(it, _ -> new ArrayList<>()).add(id));
    }

    void forget() {
      calls = List.of();
    }
  }

  private static final class Keys implements ProfileKeys {
    final TreeSet<String> sorted = new TreeSet<>();

    Keys(int count) {
      for (int i = 0; i < count; i++) {
        sorted.add("u-" + i);
      }
    }

    @Override
    public List<byte[]> keysAfter(byte @Nullable [] after, int most) {
      return (after == null
              ? sorted
              : sorted.tailSet(new String(after, StandardCharsets.UTF_8), false))
          .stream().limit(most).map(PendingCallsPropertyTest::bytes).toList();
    }
  }

  private static final class KeptNotes implements Notes {
    final Map<String, byte[]> byName = new HashMap<>();

    @Override
    public byte @Nullable [] note(String name) {
      return byName.get(name);
    }

    @Override
    public void note(String name, byte @Nullable [] value) {
      if (value == null) {
        byName.remove(name);
      } else {
        byName.put(name, value);
      }
    }
  }
}
