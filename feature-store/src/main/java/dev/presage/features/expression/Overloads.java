package dev.presage.features.expression;

import java.util.List;

/**
 * The pairs of kinds that an operator takes at one place of a condition: those for which CEL's type
 * checker left an overload.
 */
record Overloads(
    boolean truths,
    boolean integers,
    boolean doubles,
    boolean strings,
    boolean integerWithDouble,
    boolean doubleWithInteger) {

  /**
   * Reads the names of the overloads.
   *
   * @param prefix what the names begin with, before the types: {@code less_equals_}
   */
  static Overloads of(String prefix, List<String> names) {
    return new Overloads(
        names.contains(prefix + "bool"),
        names.contains(prefix + "int64"),
        names.contains(prefix + "double"),
        names.contains(prefix + "string"),
        names.contains(prefix + "int64_double"),
        names.contains(prefix + "double_int64"));
  }

  boolean allow(Kind left, Kind right) {
    return switch (left) {
      case FALSE, TRUE -> truths && (right == Kind.FALSE || right == Kind.TRUE);
      case INTEGER -> right == Kind.INTEGER ? integers : integerWithDouble && right == Kind.DOUBLE;
      case DOUBLE -> right == Kind.DOUBLE ? doubles : doubleWithInteger && right == Kind.INTEGER;
      case STRING -> strings && right == Kind.STRING;
      case NULL, ERROR -> false;
    };
  }
}
