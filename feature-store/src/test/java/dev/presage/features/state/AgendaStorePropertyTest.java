package dev.presage.features.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Properties;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * Point 7 of the semantics, silence: an agenda beside a sorted set, under random timers, some of
 * them taken back, firings, pauses and restarts.
 */
class AgendaStorePropertyTest {
  private static final Properties SETTINGS = new Properties();

  static {
    SETTINGS.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    SETTINGS.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    SETTINGS.put("processing.exception.handler.global.enabled", true);
  }

  /** In the order in which they are due, then by key. */
  private record Timer(long due, String key) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byDue = Long.compare(due, other.due);
      return byDue == 0 ? key.compareTo(other.key) : byDue;
    }
  }

  @Property(tries = 300)
  void shouldHandOverEachTimerOnceWhenItIsDueTheEarliestFirst(@ForAll long seed) {
    Random random = new Random(seed);
    KeyValueStore<Bytes, byte[]> inner = inner();
    TimedAgendaStore agenda = open(inner);
    NavigableSet<Timer> twin = new TreeSet<>();
    long clock = 0;
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(9)) {
        case 0, 1, 2, 3 -> {
          Timer timer = new Timer(random.nextInt(2_000), "key-" + random.nextInt(50));
          twin.add(timer);
          agenda.arm(timer.due, timer.key.getBytes(StandardCharsets.UTF_8));
        }
        case 4, 5 -> {
          clock = Math.max(clock, random.nextInt(2_000));
          agenda.advanceClock(clock);
          int most = random.nextInt(5) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
          assertThat(fire(agenda, clock, most, random, twin)).isTrue();
        }
        case 6 -> {
          Timer timer = new Timer(random.nextInt(2_000), "key-" + random.nextInt(50));
          Timer armed = twin.isEmpty() || random.nextInt(5) == 0 ? timer : closest(twin, timer);
          twin.remove(armed);
          agenda.disarm(armed.due, armed.key.getBytes(StandardCharsets.UTF_8));
        }
        case 7 -> {
          agenda.flushCache();
          agenda.clearCache();
        }
        default -> assertThat(agenda.clock()).isEqualTo(clock);
      }
    }
    agenda.fire(Long.MAX_VALUE - 1, (_, _) -> {}, () -> true);
    try (KeyValueIterator<Bytes, byte[]> left = inner.all()) {
      left.forEachRemaining(it -> assertThat(it.key.get()[0]).as("only notes are left").isZero());
    }
  }

  @Test
  void shouldSayWhetherWhatFollowedFromTimersAndNotesWasCommitted() {
    TimedAgendaStore agenda = open(inner());
    assertThat(agenda.isWritten()).isTrue();

    agenda.arm(5, new byte[] {1});
    assertThat(agenda.isWritten()).isFalse();
    agenda.advanceClock(10);
    agenda.flushCache();
    assertThat(agenda.isWritten()).isTrue();

    agenda.fire(10, (_, _) -> {}, () -> true);
    assertThat(agenda.isWritten()).isFalse();
    agenda.flushCache();
    agenda.fire(20, (_, _) -> {}, () -> true);
    agenda.advanceClock(20);
    assertThat(agenda.isWritten()).as("the clock alone sends nothing").isTrue();

    agenda.note("sweep", new byte[] {1});
    assertThat(agenda.isWritten()).isFalse();
  }

  private static Timer closest(NavigableSet<Timer> timers, Timer to) {
    Timer later = timers.ceiling(to);
    return later == null ? timers.last() : later;
  }

  private static boolean fire(
      AgendaStore agenda, long until, int most, Random random, NavigableSet<Timer> twin) {
    List<Timer> fired = new ArrayList<>();
    boolean done =
        agenda.fire(
            until,
            (due, key) -> {
              Timer timer = new Timer(due, new String(key, StandardCharsets.UTF_8));
              assertThat(timer).isEqualTo(twin.first());
              twin.remove(timer);
              fired.add(timer);
              if (random.nextInt(3) == 0) {
                Timer again = new Timer(due + 1 + random.nextInt(500), timer.key);
                twin.add(again);
                agenda.arm(again.due, key);
              }
            },
            () -> fired.size() < most);
    boolean isLeft = !twin.isEmpty() && twin.first().due <= until;
    return done != isLeft;
  }

  private static KeyValueStore<Bytes, byte[]> inner() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("agenda"), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  private static TimedAgendaStore open(KeyValueStore<Bytes, byte[]> inner) {
    TimedAgendaStore agenda = new TimedAgendaStore(inner);
    agenda.init(new MockProcessorContext<Void, Void>(SETTINGS).getStateStoreContext(), agenda);
    return agenda;
  }
}
