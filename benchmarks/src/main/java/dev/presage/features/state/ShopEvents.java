package dev.presage.features.state;

import dev.presage.features.FeatureDeclarations;
import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Events of a shop's customers: 5 types, each with a number. A record of the input has an event as
 * its number, type and value; its time follows from the number.
 */
final class ShopEvents {
  /** When the measured events begin. */
  static final Instant START = Instant.parse("2025-06-01T00:00:00Z");

  static final int RECORD_BYTES = Integer.BYTES + 1 + Double.BYTES;

  private static final Duration HISTORY = Duration.ofDays(90);
  private static final List<Type> TYPES =
      List.of(
          new Type("page_viewed", "seconds", 40),
          new Type("product_viewed", "price", 25),
          new Type("cart_filled", "value", 15),
          new Type("order_completed", "revenue", 12),
          new Type("order_cancelled", "refund", 8));

  private ShopEvents() {}

  private record Type(String name, String property, int percent) {}

  /** 50 features over 10 series of these events. */
  static FeatureDeclarations declarations() {
    try (InputStream yaml = ShopEvents.class.getResourceAsStream("features.yaml")) {
      return FeatureDeclarations.parse(
          new String(Objects.requireNonNull(yaml).readAllBytes(), StandardCharsets.UTF_8),
          "features.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next event of the input, a second after the one before it. */
  static byte[] record(int number, SplittableRandom random) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).putInt(number);
    int type = type(random);
    return record.put((byte) type).putDouble(value(random)).array();
  }

  static Event read(byte[] bytes, int offset) {
    ByteBuffer record = ByteBuffer.wrap(bytes, offset, RECORD_BYTES);
    int number = record.getInt();
    byte type = record.get();
    return event("e-" + number, START.plusSeconds(number), type, record.getDouble());
  }

  /** Events of the time before the input, evenly spread. */
  static Event past(int index, int of, SplittableRandom random) {
    Instant time = START.minus(HISTORY).plus(HISTORY.multipliedBy(index).dividedBy(of));
    Instant seen = time.plusMillis(random.nextLong(HISTORY.toMillis() / of));
    return event("p-" + index, seen, type(random), value(random));
  }

  private static Event event(String id, Instant time, int type, double value) {
    Type kind = TYPES.get(type);
    return new Event(id, kind.name(), time, "u", null, Map.of(kind.property(), value));
  }

  private static int type(SplittableRandom random) {
    int percent = random.nextInt(100);
    int type = 0;
    while (percent >= TYPES.get(type).percent()) {
      percent -= TYPES.get(type).percent();
      type++;
    }
    return type;
  }

  /** An amount with cents. */
  private static double value(SplittableRandom random) {
    return random.nextInt(100, 20_000) / 100.0;
  }
}
