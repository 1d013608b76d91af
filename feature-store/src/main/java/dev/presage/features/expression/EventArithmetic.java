package dev.presage.features.expression;

/**
 * The arithmetic of a condition on an event. Integers and doubles do not mix; overflow is an error.
 */
sealed interface EventArithmetic extends EventNode {
  enum Operator {
    ADD("add_"),
    SUBTRACT("subtract_"),
    MULTIPLY("multiply_"),
    DIVIDE("divide_"),
    MODULO("modulo_");

    final String prefix;

    Operator(String prefix) {
      this.prefix = prefix;
    }
  }

  record Negative(Overloads overloads, EventNode of) implements EventArithmetic {
    @Override
    public Kind evaluate(Registers registers) {
      Kind kind = of.evaluate(registers);
      if (!overloads.allow(kind, kind)) {
        return Kind.ERROR;
      }
      if (kind == Kind.DOUBLE) {
        return registers.real(-registers.real);
      }
      return registers.integer == Long.MIN_VALUE
          ? Kind.ERROR
          : registers.integer(-registers.integer);
    }
  }

  record Binary(Operator operator, Overloads overloads, EventNode left, EventNode right)
      implements EventArithmetic {
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
      return switch (first) {
        case INTEGER -> integers(integer, registers.integer, registers);
        case DOUBLE -> registers.real(reals(real, registers.real));
        // Strings can be added, and nothing else.
        default -> registers.text(text.concat(registers.text));
      };
    }

    private double reals(double a, double b) {
      return switch (operator) {
        case ADD -> a + b;
        case SUBTRACT -> a - b;
        case MULTIPLY -> a * b;
        case DIVIDE -> a / b;
        case MODULO -> throw new IllegalStateException("no overload of doubles");
      };
    }

    /** The exact methods of {@link Math} would create an exception for each overflow. */
    private Kind integers(long a, long b, Registers registers) {
      return switch (operator) {
        case ADD -> {
          long sum = a + b;
          yield ((a ^ sum) & (b ^ sum)) < 0 ? Kind.ERROR : registers.integer(sum);
        }
        case SUBTRACT -> {
          long difference = a - b;
          yield ((a ^ b) & (a ^ difference)) < 0 ? Kind.ERROR : registers.integer(difference);
        }
        case MULTIPLY -> {
          long product = a * b;
          yield Math.multiplyHigh(a, b) != product >> 63 ? Kind.ERROR : registers.integer(product);
        }
        case DIVIDE ->
            b == 0 || (a == Long.MIN_VALUE && b == -1) ? Kind.ERROR : registers.integer(a / b);
        case MODULO -> b == 0 ? Kind.ERROR : registers.integer(a % b);
      };
    }
  }
}
