package dev.presage.endtoend;

import dev.presage.features.SkewedKeys;
import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What the customers of a shop do in some time, and on after it, in the order of time; the same
 * each time. Customers are skewed, and differ: in how much of what they do is ordering, in what
 * they spend and like, and two in five leave for good at some time. So a model has something to
 * learn.
 */
public final class ShopTraffic {
  /** Every how many-th customer is in the sample. */
  static final int SAMPLED = 100;

  private static final String CUSTOMER = "customer-";
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final long MILLIS_BETWEEN_LATER_EVENTS = 100;
  private static final long SEED = 5;
  private static final int LEAVING_OF_TEN = 4;

  private static final List<String> TYPES =
      List.of("order_completed", "product_viewed", "search", "cart_updated", "email_opened");
  private static final List<String> DEVICES = List.of("phone", "tablet", "desktop", "tv");

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final int customers;
  private final long events;
  private final long millis;
  private final SkewedKeys keys;
  private long number;

  /**
   * @param events how many events there are in that time
   * @param time how long it is
   */
  public ShopTraffic(int customers, long events, Duration time) {
    this.customers = customers;
    this.events = events;
    this.millis = time.toMillis();
    this.keys = new SkewedKeys(customers);
  }

  /** The next event, which is of a known customer, and has an ID. */
  public Event next() {
    long atMillis = millisAt(number);
    int customer = keys.next(random);
    // Somebody must be there to do something.
    for (int i = 0; i < customers && hasLeft(customer, atMillis); i++) {
      customer = keys.next(random);
    }
    long taste = mix(customer);
    String type = type(taste);
    Event event =
        new Event(
            new UUID(mix(number), number).toString(),
            type,
            START.plusMillis(atMillis),
            CUSTOMER + "%06d".formatted(customer),
            null,
            properties(type, taste));
    number++;
    return event;
  }

  /** How many events there were, which is the number of the next one. */
  long number() {
    return number;
  }

  /**
   * Whether an event is of a sample of customers, of busy and of quiet ones: each is in the middle
   * of those whom it stands for.
   */
  static boolean isSampled(Event event) {
    String id = Objects.requireNonNull(event.getUserId());
    return Integer.parseInt(id.substring(CUSTOMER.length())) % SAMPLED == SAMPLED / 2;
  }

  /** The number of an event. */
  static long number(Event event) {
    return number(Objects.requireNonNull(event.getEventId()));
  }

  /** The number of the event with an ID. */
  static long number(String eventId) {
    return UUID.fromString(eventId).getLeastSignificantBits();
  }

  private long millisAt(long event) {
    return event < events
        ? event * millis / events
        : millis + (event - events) * MILLIS_BETWEEN_LATER_EVENTS;
  }

  private boolean hasLeft(int customer, long atMillis) {
    long fate = mix(~customer);
    return Math.floorMod(fate, 10) < LEAVING_OF_TEN
        && atMillis > millis * Math.floorMod(fate >> 8, 1_000L) / 1_000;
  }

  private String type(long taste) {
    double eagerness = share(taste, 0);
    double[] weights = {
      0.02 + 0.2 * eagerness * eagerness,
      0.4,
      0.15,
      0.04 + 0.25 * eagerness,
      0.03 + 0.3 * share(taste, 8)
    };
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double left = random.nextDouble() * sum;
    int type = 0;
    while (type < weights.length - 1 && left >= weights[type]) {
      left -= weights[type++];
    }
    return TYPES.get(type);
  }

  private Map<String, Object> properties(String type, long taste) {
    Map<String, Object> properties = new HashMap<>();
    double typical = 10 + 190 * share(taste, 16);
    switch (type) {
      case "order_completed" -> properties.put("revenue", amount(typical));
      case "cart_updated" -> properties.put("value", amount(1.3 * typical));
      case "product_viewed" -> {
        int category = ((int) (40 * share(taste, 24)) + random.nextInt(6)) % 40;
        properties.put("category", "category-" + category);
        int device = random.nextInt(5) > 0 ? (int) (4 * share(taste, 32)) : random.nextInt(4);
        properties.put("device", DEVICES.get(device));
      }
      default -> properties.put("campaign", "campaign-" + random.nextInt(12));
    }
    return properties;
  }

  /** With two decimals. */
  private double amount(double typical) {
    return Math.round(typical * (50 + random.nextInt(100))) / 100.0;
  }

  /** From 0 to below 1. */
  private static double share(long taste, int shift) {
    return (taste >>> shift & 0xff) / 256.0;
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3. */
  private static long mix(long value) {
    long z = (value + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
