package dev.presage.features;

import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Events of one profile, in the order in which they come: bursts and silences, late ones, copies,
 * several in one millisecond, properties that are absent.
 */
final class RandomHistory {
  private RandomHistory() {}

  static List<Event> random(Random random, int size) {
    return random(random, size, true);
  }

  /** Returns events each of which is newer than the one before. */
  static List<Event> inOrder(Random random, int size) {
    return random(random, size, false);
  }

  private static List<Event> random(Random random, int size, boolean withDisorder) {
    List<Event> events = new ArrayList<>();
    long now = 1_300_000_000_000L + random.nextInt(1_000_000_000);
    long pace = 1;
    for (int i = 0; i < size; i++) {
      if (random.nextInt(20) == 0) {
        // From a millisecond to half a day between events.
        pace = (long) Math.pow(10, random.nextDouble() * 7.6);
      }
      now += random.nextInt(10) == 0 ? 0 : (long) (pace * -Math.log(1 - random.nextDouble()));
      long time = now;
      if (withDisorder && random.nextInt(12) == 0) {
        time -= (long) Math.pow(10, random.nextDouble() * 10.2);
      }
      boolean copy = !events.isEmpty() && random.nextInt(15) == 0;
      events.add(
          copy
              ? events.get(events.size() - 1 - random.nextInt(Math.min(events.size(), 60)))
              : event(random, "e" + i, Math.max(0, time)));
    }
    return events;
  }

  private static Event event(Random random, String id, long time) {
    Map<String, Object> properties = new HashMap<>();
    if (random.nextInt(10) != 0) {
      properties.put("x", Math.rint(random.nextGaussian() * 10_000) / 100);
    }
    if (random.nextInt(3) != 0) {
      properties.put("n", (long) random.nextInt(20));
    }
    if (random.nextInt(6) != 0) {
      properties.put("c", "category " + (int) Math.pow(10, random.nextDouble() * 2.5));
    }
    String type = RandomDeclarations.TYPES.get(random.nextInt(4) == 0 ? random.nextInt(3) : 0);
    return Events.event(id, type, time, properties);
  }
}
