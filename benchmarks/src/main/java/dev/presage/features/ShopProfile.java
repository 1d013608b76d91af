package dev.presage.features;

import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A customer of a shop, as the figures of the feature store are measured with: events of random
 * types, each as likely, at random milliseconds of a period, with random UUIDs as IDs and values of
 * two decimals. The same seed gives the same events.
 *
 * @param events how many events there are in the period
 * @param types how many of the five event types occur; the first is the one with a revenue
 * @param days length of the period
 * @param detail what the events carry
 * @param seed which of the customers of this kind
 */
public record ShopProfile(int events, int types, int days, Detail detail, long seed) {
  /** What events carry. */
  public enum Detail {
    /** Orders have a revenue, and nothing else has anything that is tracked. */
    REVENUE,
    /** Carts have a value, too, and views a category and a device. */
    ALL
  }

  private static final List<String> TYPES =
      List.of("order_completed", "product_viewed", "search", "cart_updated", "email_opened");
  private static final List<String> DEVICES = List.of("phone", "tablet", "desktop", "tv");
  private static final long START = Instant.parse("2010-01-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2099-12-31T00:00:00Z").toEpochMilli();

  /** Returns the features that are declared: 50 over 10 series and 5 event types. */
  public static FeatureDeclarations declarations() {
    return FeatureDeclarations.parse(yaml(), "shop.yaml");
  }

  /** Returns the declarations as they are written. */
  public static String yaml() {
    try (InputStream yaml = ShopProfile.class.getResourceAsStream("shop.yaml")) {
      return new String(Objects.requireNonNull(yaml).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the declared features", e);
    }
  }

  /** Returns the events of the period, the oldest first. */
  public Stream<Event> history() {
    Random random = new Random(seed);
    long[] times =
        random.longs(events, START, START + Duration.ofDays(days).toMillis()).sorted().toArray();
    return LongStream.of(times).mapToObj(time -> event(time, random));
  }

  /** Returns events that go on after the period, at the same rate, until 2099 at the latest. */
  public Stream<Event> future() {
    Random random = new Random(~seed);
    long period = Duration.ofDays(days).toMillis();
    long longestGap = 2 * period / events;
    return LongStream.iterate(
            START + period, time -> time < END, time -> time + random.nextLong(longestGap))
        .mapToObj(time -> event(time, random));
  }

  /** Returns a state to which the history was applied. */
  public ProfileState state(FeatureEngine engine) {
    ProfileState state = engine.newState();
    history().forEach(event -> engine.apply(state, event));
    return state;
  }

  private Event event(long time, Random random) {
    String type = TYPES.get(random.nextInt(types));
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    return new Event(
        id, type, Instant.ofEpochMilli(time), "u-" + seed, null, properties(type, random));
  }

  private Map<String, Object> properties(String type, Random random) {
    // As the Avro reader makes it.
    Map<String, Object> properties = new HashMap<>();
    if (type.equals("order_completed")) {
      properties.put("revenue", amount(20_000, random));
    }
    if (detail == Detail.REVENUE) {
      return properties;
    }
    switch (type) {
      case "cart_updated" -> properties.put("value", amount(30_000, random));
      case "product_viewed" -> {
        properties.put("category", "category-" + random.nextInt(40));
        properties.put("device", DEVICES.get(random.nextInt(DEVICES.size())));
      }
      default -> properties.put("campaign", "campaign-" + random.nextInt(12));
    }
    return properties;
  }

  private static double amount(int mostCents, Random random) {
    return (1 + random.nextInt(mostCents)) / 100.0;
  }
}
