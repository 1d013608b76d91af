package dev.presage.features.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import java.util.List;
import java.util.Optional;

/**
 * Turns the checked syntax tree of a condition on an event into nodes. Bytes, unsigned integers,
 * maps, conversions, times and patterns that are computed are left to the CEL runtime.
 */
final class EventNodeCompiler {
  private final CelAbstractSyntaxTree tree;

  private EventNodeCompiler(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** Returns the root, or nothing where a part of the tree is not covered. */
  static Optional<EventNode> compile(CelAbstractSyntaxTree tree) {
    try {
      return Optional.of(new EventNodeCompiler(tree).node(tree.getExpr()));
    } catch (NotCoveredException e) {
      return Optional.empty();
    }
  }

  private EventNode node(CelExpr expression) throws NotCoveredException {
    return switch (expression.getKind()) {
      case CONSTANT -> literal(expression.constant());
      case SELECT -> select(expression.select());
      case CALL -> call(expression.call(), overloads(expression));
      default -> throw new NotCoveredException();
    };
  }

  private static EventNode literal(CelConstant constant) throws NotCoveredException {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> EventNode.Literal.of(Kind.of(constant.booleanValue()));
      case INT64_VALUE -> EventNode.Literal.of(constant.int64Value());
      case DOUBLE_VALUE -> EventNode.Literal.of(constant.doubleValue());
      case STRING_VALUE -> EventNode.Literal.of(constant.stringValue());
      case NULL_VALUE -> EventNode.Literal.of(Kind.NULL);
      default -> throw new NotCoveredException();
    };
  }

  private static EventNode select(CelExpr.CelSelect select) throws NotCoveredException {
    if (!isProperties(select.operand())) {
      throw new NotCoveredException();
    }
    return select.testOnly()
        ? new EventNode.Has(select.field())
        : new EventNode.Property(select.field());
  }

  private EventNode call(CelExpr.CelCall call, List<String> overloads) throws NotCoveredException {
    List<CelExpr> arguments = call.args();
    return switch (call.function()) {
      case "_[_]" -> indexed(arguments);
      case "!_" -> new EventNode.Not(node(arguments.get(0)));
      case "_&&_" -> new EventNode.And(node(arguments.get(0)), node(arguments.get(1)));
      case "_||_" -> new EventNode.Or(node(arguments.get(0)), node(arguments.get(1)));
      case "_?_:_" ->
          new EventNode.Choice(
              node(arguments.get(0)), node(arguments.get(1)), node(arguments.get(2)));
      case "_==_" -> equal(arguments);
      case "_!=_" -> new EventNode.Not(equal(arguments));
      case "_<_" -> ordered(EventComparison.Order.LESS, arguments, overloads);
      case "_<=_" -> ordered(EventComparison.Order.LESS_OR_EQUAL, arguments, overloads);
      case "_>_" -> ordered(EventComparison.Order.GREATER, arguments, overloads);
      case "_>=_" -> ordered(EventComparison.Order.GREATER_OR_EQUAL, arguments, overloads);
      case "@in" -> in(arguments);
      case "-_" ->
          new EventArithmetic.Negative(Overloads.of("negate_", overloads), node(arguments.get(0)));
      case "_+_" -> computed(EventArithmetic.Operator.ADD, arguments, overloads);
      case "_-_" -> computed(EventArithmetic.Operator.SUBTRACT, arguments, overloads);
      case "_*_" -> computed(EventArithmetic.Operator.MULTIPLY, arguments, overloads);
      case "_/_" -> computed(EventArithmetic.Operator.DIVIDE, arguments, overloads);
      case "_%_" -> computed(EventArithmetic.Operator.MODULO, arguments, overloads);
      case "startsWith" -> tested(EventText.Test.STARTS_WITH, call);
      case "endsWith" -> tested(EventText.Test.ENDS_WITH, call);
      case "contains" -> tested(EventText.Test.CONTAINS, call);
      case "matches" -> matches(call);
      case "size" -> new EventText.Size(node(call.target().orElseGet(() -> arguments.get(0))));
      default -> throw new NotCoveredException();
    };
  }

  private static EventNode indexed(List<CelExpr> arguments) throws NotCoveredException {
    CelExpr key = arguments.get(1);
    if (!isProperties(arguments.get(0)) || !isString(key)) {
      throw new NotCoveredException();
    }
    return new EventNode.Property(key.constant().stringValue());
  }

  private EventNode equal(List<CelExpr> arguments) throws NotCoveredException {
    return new EventComparison.Equal(node(arguments.get(0)), node(arguments.get(1)));
  }

  private EventNode ordered(
      EventComparison.Order order, List<CelExpr> arguments, List<String> overloads)
      throws NotCoveredException {
    return new EventComparison.Ordered(
        order,
        Overloads.of(order.prefix, overloads),
        node(arguments.get(0)),
        node(arguments.get(1)));
  }

  private EventNode in(List<CelExpr> arguments) throws NotCoveredException {
    EventNode value = node(arguments.get(0));
    CelExpr container = arguments.get(1);
    if (isProperties(container)) {
      return new EventNode.HasKey(value);
    }
    if (container.getKind() != CelExpr.ExprKind.Kind.LIST
        || !container.list().optionalIndices().isEmpty()) {
      throw new NotCoveredException();
    }
    List<CelExpr> elements = container.list().elements();
    EventNode[] nodes = new EventNode[elements.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = node(elements.get(i));
    }
    return new EventComparison.In(value, List.of(nodes));
  }

  private EventNode computed(
      EventArithmetic.Operator operator, List<CelExpr> arguments, List<String> overloads)
      throws NotCoveredException {
    return new EventArithmetic.Binary(
        operator,
        Overloads.of(operator.prefix, overloads),
        node(arguments.get(0)),
        node(arguments.get(1)));
  }

  private EventNode tested(EventText.Test test, CelExpr.CelCall call) throws NotCoveredException {
    return new EventText.Tested(
        test, node(call.target().orElseThrow()), node(call.args().getLast()));
  }

  private EventNode matches(CelExpr.CelCall call) throws NotCoveredException {
    EventNode of = node(call.target().orElseGet(() -> call.args().get(0)));
    CelExpr pattern = call.args().getLast();
    if (!isString(pattern)) {
      throw new NotCoveredException();
    }
    try {
      return new EventText.Matches(of, Pattern.compile(pattern.constant().stringValue()));
    } catch (PatternSyntaxException e) {
      // The runtime finds it out for each event.
      return EventNode.Literal.ERROR;
    }
  }

  private List<String> overloads(CelExpr call) {
    return tree.getReference(call.id()).map(CelReference::overloadIds).orElseThrow();
  }

  private static boolean isProperties(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
        && expression.ident().name().equals(EventCondition.PROPERTIES);
  }

  private static boolean isString(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private static final class NotCoveredException extends Exception {
    private static final long serialVersionUID = 1;
  }
}
