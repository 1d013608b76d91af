package dev.presage.features.expression;

import dev.presage.schemas.avro.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Conditions on events, and events for them, of everything that the compiler covers. */
final class RandomConditions {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");
  private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
  private static final List<String> LITERALS =
      List.of(
          "0",
          "1",
          "-1",
          "3",
          "9223372036854775807",
          "-9223372036854775808",
          "0.0",
          "-0.0",
          "1.0",
          "2.5",
          "1e300",
          "9.3e18",
          "-9.3e18",
          "''",
          "'a'",
          "'ab'",
          "'é𝄞'",
          "true",
          "false",
          "null");
  private static final List<Object> VALUES =
      List.of(
          0L,
          1L,
          -1L,
          3L,
          1L << 53,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          0.0,
          -0.0,
          1.0,
          2.5,
          9.3e18,
          0x1p63,
          -1e300,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          "",
          "a",
          "ab",
          "é𝄞",
          "b.",
          true,
          false);

  private final Random random;

  RandomConditions(Random random) {
    this.random = random;
  }

  Event event() {
    Map<String, Object> properties = new HashMap<>();
    for (String name : NAMES) {
      if (random.nextInt(4) > 0) {
        properties.put(name, one(VALUES));
      }
    }
    if (random.nextInt(3) == 0) {
      properties.replace("a", properties.getOrDefault("b", 1L));
    }
    return Event.newBuilder().setType("order").setProperties(properties).build();
  }

  String condition(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0 ? "has(properties." + one(NAMES) + ")" : property();
    }
    int below = depth - 1;
    return switch (random.nextInt(12)) {
      case 0, 1 -> "(" + condition(below) + " && " + condition(below) + ")";
      case 2, 3 -> "(" + condition(below) + " || " + condition(below) + ")";
      case 4 -> "!" + condition(below);
      case 5 -> choice(condition(below), condition(below), condition(below));
      case 6 -> "(" + value(below) + " == " + value(below) + ")";
      case 7 -> "(" + value(below) + " != " + value(below) + ")";
      case 8 -> "(" + value(below) + " " + one(ORDERS) + " " + value(below) + ")";
      case 9 -> "(" + value(below) + " in " + list(below) + ")";
      case 10 -> value(below) + "." + textTest() + "(" + value(below) + ")";
      default -> pattern(below);
    };
  }

  private String value(int depth) {
    if (depth == 0) {
      return random.nextBoolean() ? property() : one(LITERALS);
    }
    int below = depth - 1;
    return switch (random.nextInt(10)) {
      case 0, 1 -> "(" + value(below) + " " + arithmetic() + " " + value(below) + ")";
      case 2 -> "-" + value(below);
      case 3 -> "size(" + value(below) + ")";
      case 4 -> value(below) + ".size()";
      case 5 -> choice(condition(below), value(below), value(below));
      case 6 -> condition(below);
      case 7 -> one(LITERALS);
      default -> property();
    };
  }

  private String property() {
    String name = one(NAMES);
    return random.nextInt(4) == 0 ? "properties['" + name + "']" : "properties." + name;
  }

  private String list(int depth) {
    if (random.nextInt(5) == 0) {
      return "properties";
    }
    StringBuilder list = new StringBuilder("[");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      list.append(i == 0 ? "" : ", ").append(value(depth / 2));
    }
    return list.append("]").toString();
  }

  private String pattern(int depth) {
    String pattern = one(List.of("^a", "b$", "a|é", ".", "(", "b\\\\.", ""));
    return random.nextBoolean()
        ? value(depth) + ".matches('" + pattern + "')"
        : "matches(" + value(depth) + ", '" + pattern + "')";
  }

  private String choice(String condition, String then, String otherwise) {
    return "(" + condition + " ? " + then + " : " + otherwise + ")";
  }

  private String textTest() {
    return one(List.of("startsWith", "endsWith", "contains"));
  }

  private String arithmetic() {
    return one(List.of("+", "-", "*", "/", "%"));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
