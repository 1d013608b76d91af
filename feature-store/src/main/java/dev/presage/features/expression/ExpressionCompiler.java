package dev.presage.features.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.presage.schemas.settings.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Turns a syntax tree into nodes, by the kind of value that each place asks for. */
final class ExpressionCompiler {
  private static final List<String> FUNCTIONS = Syntax.functions();

  private final ParsedCel parsed;
  private final Scope scope;
  private final Set<String> reads = new LinkedHashSet<>();

  ExpressionCompiler(ParsedCel parsed, Scope scope) {
    this.parsed = parsed;
    this.scope = scope;
  }

  List<String> reads() {
    return List.copyOf(reads);
  }

  NumberNode number(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> literal(expression);
      case IDENT, SELECT -> read(expression);
      case CALL -> numberCall(expression, expression.call());
      default -> throw parsed.wrong(expression, "a number was expected");
    };
  }

  ConditionNode condition(CelExpr expression) {
    return switch (expression.getKind()) {
      case CONSTANT -> truth(expression);
      case CALL -> conditionCall(expression, expression.call());
      default -> throw parsed.wrong(expression, "a condition was expected, here is a number");
    };
  }

  private NumberNode literal(CelExpr expression) {
    CelConstant constant = expression.constant();
    return switch (constant.getKind()) {
      case INT64_VALUE -> new NumberNode.Literal(constant.int64Value());
      case UINT64_VALUE -> new NumberNode.Literal(constant.uint64Value().doubleValue());
      case DOUBLE_VALUE -> new NumberNode.Literal(constant.doubleValue());
      case BOOLEAN_VALUE ->
          throw parsed.wrong(expression, "a number was expected, here is a truth value");
      default -> throw parsed.wrong(expression, "only numbers can be compared and computed with");
    };
  }

  private ConditionNode truth(CelExpr expression) {
    if (expression.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE) {
      throw parsed.wrong(expression, "a condition was expected, here is a literal");
    }
    return new ConditionNode.Constant(expression.constant().booleanValue());
  }

  private NumberNode read(CelExpr expression) {
    String path =
        path(expression)
            .orElseThrow(
                () ->
                    parsed.wrong(expression, "a name was expected, such as a or a.b or a[\"b\"]"));
    OptionalInt slot = scope.slot(path);
    if (slot.isEmpty()) {
      throw parsed.wrong(
          expression,
          "unknown name '" + path + "'" + Suggestion.of(path, scope.names(), it -> "'" + it + "'"));
    }
    reads.add(path);
    return new NumberNode.Read(slot.getAsInt());
  }

  private static Optional<String> path(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> Optional.of(expression.ident().name());
      case SELECT ->
          path(expression.select().operand()).map(of -> of + "." + expression.select().field());
      case CALL -> indexedPath(expression.call());
      default -> Optional.empty();
    };
  }

  private static Optional<String> indexedPath(CelExpr.CelCall call) {
    if (!call.function().equals("_[_]")) {
      return Optional.empty();
    }
    CelExpr key = call.args().get(1);
    if (key.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || key.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
      return Optional.empty();
    }
    return path(call.args().get(0)).map(of -> of + "." + key.constant().stringValue());
  }

  private NumberNode numberCall(CelExpr expression, CelExpr.CelCall call) {
    List<CelExpr> arguments = plainArguments(expression, call);
    return switch (call.function()) {
      case "_[_]" -> read(expression);
      case "-_" -> new NumberNode.Negative(number(arguments.get(0)));
      case "_+_" -> both(arguments, NumberNode.Sum::new);
      case "_-_" -> both(arguments, NumberNode.Difference::new);
      case "_*_" -> both(arguments, NumberNode.Product::new);
      case "_/_" -> both(arguments, NumberNode.Quotient::new);
      case "_?_:_" ->
          new NumberNode.Choice(
              condition(arguments.get(0)), number(arguments.get(1)), number(arguments.get(2)));
      case "min" -> folded(expression, arguments, NumberNode.Least::new);
      case "max" -> folded(expression, arguments, NumberNode.Greatest::new);
      case "coalesce" -> folded(expression, arguments, NumberNode.Coalesce::new);
      case "log1p" -> new NumberNode.Log1p(single(expression, arguments));
      case "_<_", "_<=_", "_>_", "_>=_", "_==_", "_!=_", "!_", "_&&_", "_||_", "has", "isMissing" ->
          throw parsed.wrong(expression, "a number was expected, here is a condition");
      default -> throw unsupported(expression, call.function());
    };
  }

  private ConditionNode conditionCall(CelExpr expression, CelExpr.CelCall call) {
    List<CelExpr> arguments = plainArguments(expression, call);
    return switch (call.function()) {
      case "!_" -> new ConditionNode.Not(condition(arguments.get(0)));
      case "_&&_" ->
          new ConditionNode.And(condition(arguments.get(0)), condition(arguments.get(1)));
      case "_||_" -> new ConditionNode.Or(condition(arguments.get(0)), condition(arguments.get(1)));
      case "_<_" -> new ConditionNode.Less(number(arguments.get(0)), number(arguments.get(1)));
      case "_>_" -> reversed(arguments, ConditionNode.Less::new);
      case "_<=_" ->
          new ConditionNode.LessOrEqual(number(arguments.get(0)), number(arguments.get(1)));
      case "_>=_" -> reversed(arguments, ConditionNode.LessOrEqual::new);
      case "_==_" -> new ConditionNode.Equal(number(arguments.get(0)), number(arguments.get(1)));
      case "_!=_" -> new ConditionNode.Unequal(number(arguments.get(0)), number(arguments.get(1)));
      case "has" -> new ConditionNode.Not(new ConditionNode.Missing(single(expression, arguments)));
      case "isMissing" -> new ConditionNode.Missing(single(expression, arguments));
      case "_?_:_" ->
          new ConditionNode.Choice(
              condition(arguments.get(0)),
              condition(arguments.get(1)),
              condition(arguments.get(2)));
      case "_[_]", "-_", "_+_", "_-_", "_*_", "_/_", "min", "max", "coalesce", "log1p" ->
          throw parsed.wrong(expression, "a condition was expected, here is a number");
      default -> throw unsupported(expression, call.function());
    };
  }

  private List<CelExpr> plainArguments(CelExpr expression, CelExpr.CelCall call) {
    if (call.target().isPresent()) {
      throw parsed.wrong(expression, "functions are called as f(a), not as a.f()");
    }
    return call.args();
  }

  private NumberNode both(List<CelExpr> arguments, BinaryOperator<NumberNode> maker) {
    return maker.apply(number(arguments.get(0)), number(arguments.get(1)));
  }

  private interface Comparison {
    ConditionNode of(NumberNode left, NumberNode right);
  }

  private ConditionNode reversed(List<CelExpr> arguments, Comparison maker) {
    NumberNode left = number(arguments.get(0));
    NumberNode right = number(arguments.get(1));
    return maker.of(right, left);
  }

  private NumberNode folded(
      CelExpr expression, List<CelExpr> arguments, BinaryOperator<NumberNode> maker) {
    if (arguments.isEmpty()) {
      throw parsed.wrong(
          expression, expression.call().function() + " takes at least one argument, here is none");
    }
    List<NumberNode> nodes = new ArrayList<>();
    arguments.forEach(argument -> nodes.add(number(argument)));
    return nodes.stream().reduce(maker).orElseThrow();
  }

  private NumberNode single(CelExpr expression, List<CelExpr> arguments) {
    if (arguments.size() != 1) {
      throw parsed.wrong(
          expression,
          expression.call().function() + " takes one argument, here are " + arguments.size());
    }
    return number(arguments.get(0));
  }

  private InvalidExpressionException unsupported(CelExpr expression, String function) {
    String name = function.replace("_", "").replace("@", "");
    return parsed.wrong(
        expression,
        "'" + name + "' is not supported" + Suggestion.of(name, FUNCTIONS, it -> "'" + it + "'"));
  }
}
