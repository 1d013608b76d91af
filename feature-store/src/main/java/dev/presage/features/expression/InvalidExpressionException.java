package dev.presage.features.expression;

/** An expression that cannot be compiled; the message says where and why. */
public final class InvalidExpressionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  InvalidExpressionException(String message, int line, int column) {
    super(message + " (line " + line + ", column " + column + " of the expression)");
    this.line = line;
    this.column = column;
  }

  /** Returns the line of the expression at which it is wrong, from 1. */
  public int line() {
    return line;
  }

  /** Returns the column at which it is wrong, from 1. */
  public int column() {
    return column;
  }
}
