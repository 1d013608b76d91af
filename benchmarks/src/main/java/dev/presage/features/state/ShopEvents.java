package dev.presage.features.state;

import dev.presage.features.ShopProfile;
import dev.presage.schemas.avro.Event;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the customers of {@link ShopProfile} do after its 90 days. A record of the input has an
 * event as its number, type and value; its time follows from the number, a second after the one
 * before it.
 */
final class ShopEvents {
  static final int RECORD_BYTES = Integer.BYTES + 1 + Double.BYTES;

  private static final Instant START = Instant.parse("2010-04-01T00:00:00Z");
  private static final List<String> TYPES =
      List.of("order_completed", "product_viewed", "search", "cart_updated", "email_opened");
  private static final List<String> DEVICES = List.of("phone", "tablet", "desktop", "tv");

  private ShopEvents() {}

  /** Makes the record of an event. */
  static byte[] record(int number, SplittableRandom random) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES).putInt(number);
    return record
        .put((byte) random.nextInt(TYPES.size()))
        .putDouble(random.nextInt(100, 20_000) / 100.0)
        .array();
  }

  static Event read(byte[] bytes, int offset) {
    ByteBuffer record = ByteBuffer.wrap(bytes, offset, RECORD_BYTES);
    int number = record.getInt();
    String type = TYPES.get(record.get());
    Map<String, Object> properties = properties(type, record.getDouble());
    return new Event("e-" + number, type, START.plusSeconds(number), "u", null, properties);
  }

  private static Map<String, Object> properties(String type, double value) {
    // As the Avro reader makes it.
    Map<String, Object> properties = new HashMap<>();
    switch (type) {
      case "order_completed" -> properties.put("revenue", value);
      case "cart_updated" -> properties.put("value", value);
      case "product_viewed" -> {
        properties.put("category", "category-" + (int) value % 40);
        properties.put("device", DEVICES.get((int) value % 4));
      }
      default -> properties.put("campaign", "campaign-" + (int) value % 12);
    }
    return properties;
  }
}
