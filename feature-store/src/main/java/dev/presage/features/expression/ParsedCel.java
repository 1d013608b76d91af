package dev.presage.features.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import java.util.List;

/**
 * A syntax tree with its text. Expressions come from outside, by files and by topics, so their
 * length, their depth and their number of nodes are limited before anything walks the tree.
 */
record ParsedCel(String text, CelAbstractSyntaxTree tree) {
  static final int MAX_LENGTH = 4_096;
  static final int MAX_NESTING = 250;
  static final int MAX_DEPTH = 200;
  static final int MAX_NODES = 1_000;

  /**
   * Options under which the text is parsed. Without limits of its own, CEL's parser would recurse
   * as deep as the text says.
   */
  static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .maxParseErrorRecoveryLimit(4)
          .enableHeterogeneousNumericComparisons(true)
          .enableComprehension(false)
          .build();

  static ParsedCel of(String text, CelValidationResult result) {
    CelAbstractSyntaxTree tree;
    try {
      tree = result.getAst();
    } catch (CelValidationException e) {
      throw refusal(e.getErrors());
    }
    ParsedCel parsed = new ParsedCel(text, tree);
    new Size(parsed).measure(tree.getExpr(), 1);
    return parsed;
  }

  /** Refuses a text that is too long before it is parsed. */
  static void checkLength(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidExpressionException(
          "the expression has "
              + text.length()
              + " characters, at most "
              + MAX_LENGTH
              + " are allowed",
          1,
          1);
    }
  }

  InvalidExpressionException wrong(CelExpr at, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(at.id());
    CelSourceLocation location =
        tree.getSource()
            .getOffsetLocation(offset == null ? 0 : offset)
            .orElse(CelSourceLocation.of(1, 0));
    return new InvalidExpressionException(message, location.getLine(), location.getColumn() + 1);
  }

  private static InvalidExpressionException refusal(List<CelIssue> issues) {
    CelIssue first = issues.getFirst();
    return new InvalidExpressionException(
        first.getMessage().strip(),
        Math.max(1, first.getSourceLocation().getLine()),
        Math.max(0, first.getSourceLocation().getColumn()) + 1);
  }

  /** Counts nodes and depth, and stops at the first that is one too many. */
  private static final class Size {
    private final ParsedCel parsed;
    private int nodes;

    Size(ParsedCel parsed) {
      this.parsed = parsed;
    }

    void measure(CelExpr expression, int depth) {
      nodes++;
      if (depth > MAX_DEPTH || nodes > MAX_NODES) {
        throw parsed.wrong(
            expression,
            "the expression is too large: at most "
                + MAX_NODES
                + " operands and operators, "
                + MAX_DEPTH
                + " deep, are allowed");
      }
      switch (expression.getKind()) {
        case SELECT -> measure(expression.select().operand(), depth + 1);
        case CALL -> {
          expression.call().target().ifPresent(target -> measure(target, depth + 1));
          expression.call().args().forEach(argument -> measure(argument, depth + 1));
        }
        case LIST -> expression.list().elements().forEach(element -> measure(element, depth + 1));
        case CONSTANT, IDENT -> {}
        case MAP, STRUCT, COMPREHENSION, NOT_SET ->
            throw parsed.wrong(expression, "maps, messages and loops are not supported");
      }
    }
  }
}
