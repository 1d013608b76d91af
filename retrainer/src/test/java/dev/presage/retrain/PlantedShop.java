package dev.presage.retrain;

import dev.presage.retrain.Histories.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A shop whose customers order for a reason that no single feature shows: big spenders order soon
 * after they have stopped to browse, small ones while they browse.
 */
public final class PlantedShop {
  private static final int CUSTOMERS = 300;
  private static final int DAYS = 200;

  private PlantedShop() {}

  /** The log of 200 days, in the order of event times. */
  public static List<Entry> history() {
    return history(DAYS);
  }

  /** The log of some days. */
  public static List<Entry> history(int days) {
    Random random = new Random(11);
    List<Entry> log = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      play("customer-" + customer, days, random, log);
    }
    log.sort(Comparator.comparing((Entry it) -> it.event().getOccurredAt()));
    return List.copyOf(log);
  }

  /** Time of the newest event. */
  public static Instant newest(List<Entry> log) {
    return log.getLast().event().getOccurredAt();
  }

  private static void play(String customer, int days, Random random, List<Entry> log) {
    boolean big = random.nextBoolean();
    boolean browses = random.nextBoolean();
    for (int day = 0; day < days; day++) {
      if (random.nextInt(20) == 0) {
        browses = !browses;
      }
      if (random.nextDouble() < (browses ? 0.4 : 0.04)) {
        add(customer, "visited", day, random, Map.of(), log);
      }
      if (random.nextDouble() < (big == browses ? 0.005 : 0.12)) {
        double revenue = (big ? 500 : 20) * (0.5 + random.nextDouble());
        add(customer, "order_completed", day, random, Map.of("revenue", revenue), log);
      }
    }
  }

  private static void add(
      String customer,
      String type,
      int day,
      Random random,
      Map<String, Object> properties,
      List<Entry> log) {
    Duration after = Duration.ofDays(day).plusSeconds(random.nextInt(86_400));
    log.add(
        new Entry(customer, Histories.event(customer + "-" + log.size(), type, after, properties)));
  }
}
