package dev.presage.features.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparisons of a condition on an event. */
sealed interface EventComparison extends EventNode {
  /** Values of different kinds are unequal, but numbers compare as numbers. */
  record Equal(EventNode left, EventNode right) implements EventComparison {
    @Override
    public Kind evaluate(Registers registers) {
      Kind first = left.evaluate(registers);
      if (first == Kind.ERROR) {
        return Kind.ERROR;
      }
      long integer = registers.integer;
      double real = registers.real;
      String text = registers.text;
      Object source = registers.source;
      Kind second = right.evaluate(registers);
      return second == Kind.ERROR
          ? Kind.ERROR
          : Kind.of(equal(first, integer, real, text, source, second, registers));
    }
  }

  /** {@code value in [element, …]}; an element that cannot be evaluated spoils the list. */
  record In(EventNode value, List<EventNode> elements) implements EventComparison {
    @Override
    public Kind evaluate(Registers registers) {
      Kind kind = value.evaluate(registers);
      if (kind == Kind.ERROR) {
        return Kind.ERROR;
      }
      long integer = registers.integer;
      double real = registers.real;
      String text = registers.text;
      Object source = registers.source;
      boolean found = false;
      for (int i = 0; i < elements.size(); i++) {
        Kind element = elements.get(i).evaluate(registers);
        if (element == Kind.ERROR) {
          return Kind.ERROR;
        }
        found |= equal(kind, integer, real, text, source, element, registers);
        // Lists find what is no number, too.
        found |= bothNaN(kind, real, element, registers);
      }
      return Kind.of(found);
    }

    private static boolean bothNaN(Kind kind, double real, Kind element, Registers registers) {
      return kind == Kind.DOUBLE
          && element == Kind.DOUBLE
          && Double.isNaN(real)
          && Double.isNaN(registers.real);
    }
  }

  enum Order {
    LESS("less_"),
    LESS_OR_EQUAL("less_equals_"),
    GREATER("greater_"),
    GREATER_OR_EQUAL("greater_equals_");

    final String prefix;

    Order(String prefix) {
      this.prefix = prefix;
    }

    boolean holds(int comparison) {
      return switch (this) {
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
      };
    }

    boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
      };
    }
  }

  record Ordered(Order order, Overloads overloads, EventNode left, EventNode right)
      implements EventComparison {
    @Override
    public Kind evaluate(Registers registers) {
      Kind first = left.evaluate(registers);
      if (first == Kind.ERROR) {
        return Kind.ERROR;
      }
      long integer = registers.integer;
      double real = registers.real;
      String text = registers.text;
      Kind second = right.evaluate(registers);
      if (!overloads.allow(first, second)) {
        return Kind.ERROR;
      }
      if (first == Kind.DOUBLE && second == Kind.DOUBLE) {
        return Kind.of(order.holds(real, registers.real));
      }
      int comparison =
          switch (first) {
            case INTEGER ->
                second == Kind.INTEGER
                    ? Long.compare(integer, registers.integer)
                    : -compare(registers.real, integer);
            case DOUBLE -> compare(real, registers.integer);
            case STRING -> text.compareTo(registers.text);
            default -> Boolean.compare(first == Kind.TRUE, second == Kind.TRUE);
          };
      return Kind.of(order.holds(comparison));
    }
  }

  /** Compares what was evaluated first, given part by part, with what is in the registers. */
  private static boolean equal(
      Kind first,
      long integer,
      double real,
      String text,
      @Nullable Object source,
      Kind second,
      Registers registers) {
    return switch (first) {
      case INTEGER ->
          second == Kind.INTEGER
              ? integer == registers.integer
              : second == Kind.DOUBLE && compare(registers.real, integer) == 0;
      case DOUBLE ->
          second == Kind.DOUBLE
              // NaN is not itself, but one object is.
              ? real == registers.real || (source != null && source == registers.source)
              : second == Kind.INTEGER && compare(real, registers.integer) == 0;
      case STRING -> second == Kind.STRING && text.equals(registers.text);
      default -> first == second;
    };
  }

  /** Compares as CEL does: NaN is above every integer and -0.0 below 0. */
  private static int compare(double real, long integer) {
    return real < Long.MIN_VALUE
        ? -1
        : real > Long.MAX_VALUE ? 1 : Double.compare(real, (double) integer);
  }
}
