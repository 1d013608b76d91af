package dev.presage.features.expression;

/**
 * A part of an expression that gives a number; NaN is missing, and whatever is computed from it is
 * missing.
 */
sealed interface NumberNode {
  double value(double[] slots);

  record Literal(double number) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return number;
    }
  }

  record Read(int slot) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return slots[slot];
    }
  }

  record Negative(NumberNode of) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return -of.value(slots);
    }
  }

  record Sum(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return left.value(slots) + right.value(slots);
    }
  }

  record Difference(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return left.value(slots) - right.value(slots);
    }
  }

  record Product(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return left.value(slots) * right.value(slots);
    }
  }

  record Quotient(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      double divisor = right.value(slots);
      return divisor == 0 ? Double.NaN : left.value(slots) / divisor;
    }
  }

  record Least(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return Math.min(left.value(slots), right.value(slots));
    }
  }

  record Greatest(NumberNode left, NumberNode right) implements NumberNode {
    @Override
    public double value(double[] slots) {
      return Math.max(left.value(slots), right.value(slots));
    }
  }

  record Log1p(NumberNode of) implements NumberNode {
    @Override
    public double value(double[] slots) {
      // StrictMath: a vector must have the same bits on every machine.
      return StrictMath.log1p(of.value(slots));
    }
  }

  record Coalesce(NumberNode first, NumberNode otherwise) implements NumberNode {
    @Override
    public double value(double[] slots) {
      double value = first.value(slots);
      return Double.isNaN(value) ? otherwise.value(slots) : value;
    }
  }

  record Choice(ConditionNode condition, NumberNode then, NumberNode otherwise)
      implements NumberNode {
    @Override
    public double value(double[] slots) {
      return condition.holds(slots) ? then.value(slots) : otherwise.value(slots);
    }
  }
}
