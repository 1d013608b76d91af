package dev.presage.features.expression;

import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression over numbers, written in CEL syntax and compiled to a small tree of our own, so
 * that evaluating it allocates nothing and has no surprises.
 *
 * <p>Every value is a double and every literal is one ({@code 1 / 2} is 0.5). NaN is missing:
 * arithmetic with it is missing, a comparison with it is false, {@code !=} included. Division by
 * zero, the logarithm of a negative number and whatever would be infinite are missing.
 *
 * <table>
 *   <caption>What can be written</caption>
 *   <tr><td>numbers</td><td>{@code + - * /}, {@code c ? a : b}, {@code min(a, b, …)}, {@code
 *     max(a, b, …)} (missing if one is), {@code log1p(a)}, {@code coalesce(a, b, …)}: the first
 *     that is not missing</td></tr>
 *   <tr><td>conditions</td><td>{@code < <= > >= == !=}, {@code && || !}, {@code has(a)}, {@code
 *     isMissing(a)}, {@code true}, {@code false}</td></tr>
 *   <tr><td>names</td><td>{@code orders_30d}, {@code traits.churn}, {@code
 *     traits["likelihood-to-buy"]}</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 */
public final class Expression {
  /** Without macros, so that {@code has} is a plain function and loops do not exist. */
  private static final CelParser PARSER =
      CelParserFactory.standardCelParserBuilder().setOptions(ParsedCel.OPTIONS).build();

  private final String text;
  private final String canonical;
  private final List<String> reads;
  private final @Nullable NumberNode number;
  private final @Nullable ConditionNode condition;

  private Expression(
      ParsedCel parsed,
      List<String> reads,
      @Nullable NumberNode number,
      @Nullable ConditionNode condition) {
    this.text = parsed.text();
    this.canonical = CanonicalText.of(parsed.tree().getExpr());
    this.reads = List.copyOf(reads);
    this.number = number;
    this.condition = condition;
  }

  /**
   * Compiles an expression that is true or false.
   *
   * @throws InvalidExpressionException where it cannot be parsed, names what the scope does not
   *     have, gives a number, or is too large
   */
  public static Expression condition(String cel, Scope scope) {
    ParsedCel parsed = parse(cel);
    ExpressionCompiler compiler = new ExpressionCompiler(parsed, scope);
    ConditionNode root = compiler.condition(parsed.tree().getExpr());
    return new Expression(parsed, compiler.reads(), null, root);
  }

  /**
   * Compiles an expression that gives a number.
   *
   * @throws InvalidExpressionException where it cannot be parsed, names what the scope does not
   *     have, gives a truth value, or is too large
   */
  public static Expression number(String cel, Scope scope) {
    ParsedCel parsed = parse(cel);
    ExpressionCompiler compiler = new ExpressionCompiler(parsed, scope);
    NumberNode root = compiler.number(parsed.tree().getExpr());
    return new Expression(parsed, compiler.reads(), root, null);
  }

  /**
   * Says whether the condition holds.
   *
   * @param slots the values, at the places that the scope gave
   * @throws IllegalStateException where this expression gives a number
   */
  public boolean test(double[] slots) {
    if (condition == null) {
      throw new IllegalStateException("'" + text + "' gives a number, not a truth value");
    }
    return condition.holds(slots);
  }

  /**
   * Returns the number, never infinite; NaN where it is missing.
   *
   * @param slots the values, at the places that the scope gave
   * @throws IllegalStateException where this expression gives a truth value
   */
  public double evaluate(double[] slots) {
    if (number == null) {
      throw new IllegalStateException("'" + text + "' gives a truth value, not a number");
    }
    double value = number.value(slots);
    // Adding 0.0 turns -0.0 into 0.0: equal values have equal bits.
    return Double.isInfinite(value) ? Double.NaN : value + 0.0;
  }

  /** Returns the paths that it reads, each once, in the order of the text. */
  public List<String> reads() {
    return reads;
  }

  /** Returns the text that is the same for every way to write this expression with other spaces. */
  public String canonical() {
    return canonical;
  }

  /** Returns the source. */
  @Override
  public String toString() {
    return text;
  }

  private static ParsedCel parse(String cel) {
    ParsedCel.checkLength(cel);
    return ParsedCel.of(cel, PARSER.parse(cel));
  }
}
