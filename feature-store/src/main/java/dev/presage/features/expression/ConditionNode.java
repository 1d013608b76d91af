package dev.presage.features.expression;

/** A part of an expression that is true or false; a comparison with a missing number is false. */
sealed interface ConditionNode {
  boolean holds(double[] slots);

  record Constant(boolean truth) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return truth;
    }
  }

  record Less(NumberNode left, NumberNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return left.value(slots) < right.value(slots);
    }
  }

  record LessOrEqual(NumberNode left, NumberNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return left.value(slots) <= right.value(slots);
    }
  }

  record Equal(NumberNode left, NumberNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return left.value(slots) == right.value(slots);
    }
  }

  record Unequal(NumberNode left, NumberNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      double a = left.value(slots);
      double b = right.value(slots);
      return a < b || a > b;
    }
  }

  record Missing(NumberNode of) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return Double.isNaN(of.value(slots));
    }
  }

  record Not(ConditionNode of) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return !of.holds(slots);
    }
  }

  record And(ConditionNode left, ConditionNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return left.holds(slots) && right.holds(slots);
    }
  }

  record Or(ConditionNode left, ConditionNode right) implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return left.holds(slots) || right.holds(slots);
    }
  }

  record Choice(ConditionNode condition, ConditionNode then, ConditionNode otherwise)
      implements ConditionNode {
    @Override
    public boolean holds(double[] slots) {
      return condition.holds(slots) ? then.holds(slots) : otherwise.holds(slots);
    }
  }
}
