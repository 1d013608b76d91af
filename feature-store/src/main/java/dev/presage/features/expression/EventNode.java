package dev.presage.features.expression;

import java.util.Map;

/**
 * A part of a condition on an event. It comes to what the CEL runtime would make of it, down to the
 * corners: the property test of {@link EventCondition} compares the two.
 *
 * @see EventNodeCompiler
 */
sealed interface EventNode
    permits EventNode.And,
        EventNode.Choice,
        EventNode.Has,
        EventNode.HasKey,
        EventNode.Literal,
        EventNode.Not,
        EventNode.Or,
        EventNode.Property,
        EventArithmetic,
        EventComparison,
        EventText {
  /**
   * Evaluates this part and leaves its value in the registers.
   *
   * @throws ForeignValueException where it reads a value that no event on a topic has
   */
  Kind evaluate(Registers registers);

  record Literal(Kind kind, long integer, double real, String text) implements EventNode {
    static final Literal ERROR = of(Kind.ERROR);

    static Literal of(Kind kind) {
      return new Literal(kind, 0, 0, "");
    }

    static Literal of(long integer) {
      return new Literal(Kind.INTEGER, integer, 0, "");
    }

    static Literal of(double real) {
      return new Literal(Kind.DOUBLE, 0, real, "");
    }

    static Literal of(String text) {
      return new Literal(Kind.STRING, 0, 0, text);
    }

    @Override
    public Kind evaluate(Registers registers) {
      registers.integer = integer;
      registers.real = real;
      registers.text = text;
      registers.source = null;
      return kind;
    }
  }

  record Property(String name) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      Map<String, Object> properties = registers.properties;
      Object value = properties.get(name);
      if (value instanceof String text) {
        return registers.text(text);
      }
      if (value instanceof Double real) {
        registers.real = real;
        registers.source = value;
        return Kind.DOUBLE;
      }
      if (value instanceof Long integer) {
        return registers.integer(integer);
      }
      if (value instanceof Boolean truth) {
        return Kind.of(truth);
      }
      if (value == null && !properties.containsKey(name)) {
        return Kind.ERROR;
      }
      throw new ForeignValueException(name);
    }
  }

  /** {@code has(properties.name)}. */
  record Has(String name) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      return Kind.of(registers.properties.containsKey(name));
    }
  }

  /** {@code key in properties}. */
  record HasKey(EventNode key) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      return switch (key.evaluate(registers)) {
        case ERROR -> Kind.ERROR;
        case STRING -> Kind.of(registers.properties.get(registers.text) != null);
        default -> Kind.FALSE;
      };
    }
  }

  record Not(EventNode of) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      return switch (of.evaluate(registers)) {
        case TRUE -> Kind.FALSE;
        case FALSE -> Kind.TRUE;
        default -> Kind.ERROR;
      };
    }
  }

  /**
   * False if either side is, even where the other cannot be evaluated. A side that is no truth
   * value is worse than one that cannot be evaluated: on the left it ends the matter.
   */
  record And(EventNode left, EventNode right) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      Kind first = left.evaluate(registers);
      if (first == Kind.FALSE) {
        return Kind.FALSE;
      }
      if (first != Kind.TRUE && first != Kind.ERROR) {
        return Kind.ERROR;
      }
      Kind second = right.evaluate(registers);
      return second == Kind.FALSE ? Kind.FALSE : second == Kind.TRUE ? first : Kind.ERROR;
    }
  }

  /** True if either side is, even where the other cannot be evaluated; else as {@link And}. */
  record Or(EventNode left, EventNode right) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      Kind first = left.evaluate(registers);
      if (first == Kind.TRUE) {
        return Kind.TRUE;
      }
      if (first != Kind.FALSE && first != Kind.ERROR) {
        return Kind.ERROR;
      }
      Kind second = right.evaluate(registers);
      return second == Kind.TRUE ? Kind.TRUE : second == Kind.FALSE ? first : Kind.ERROR;
    }
  }

  record Choice(EventNode condition, EventNode then, EventNode otherwise) implements EventNode {
    @Override
    public Kind evaluate(Registers registers) {
      return switch (condition.evaluate(registers)) {
        case TRUE -> then.evaluate(registers);
        case FALSE -> otherwise.evaluate(registers);
        default -> Kind.ERROR;
      };
    }
  }
}
