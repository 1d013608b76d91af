package dev.presage.features.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;

/**
 * Writes a syntax tree as text that is the same for the same tree, whatever the spaces, the
 * parentheses and the comments of the source were. It goes into fingerprints and into the IDs of
 * stored series, so it is ours and not the unparser of a library that may change its mind.
 */
final class CanonicalText {
  private final StringBuilder out = new StringBuilder();

  private CanonicalText() {}

  static String of(CelExpr expression) {
    CanonicalText text = new CanonicalText();
    text.write(expression);
    return text.out.toString();
  }

  private void write(CelExpr expression) {
    switch (expression.getKind()) {
      case CONSTANT -> writeConstant(expression.constant());
      case IDENT -> out.append(expression.ident().name());
      case SELECT -> {
        out.append(expression.select().testOnly() ? "(has " : "(. ");
        write(expression.select().operand());
        out.append(' ').append(expression.select().field()).append(')');
      }
      case CALL -> writeCall(expression.call());
      case LIST -> {
        out.append("(list");
        writeAll(expression.list().elements());
        out.append(')');
      }
      case MAP, STRUCT, COMPREHENSION, NOT_SET ->
          throw new IllegalStateException("refused when it was parsed: " + expression.getKind());
    }
  }

  private void writeCall(CelExpr.CelCall call) {
    out.append('(').append(call.function());
    call.target()
        .ifPresent(
            target -> {
              out.append(" @");
              write(target);
            });
    if (call.function().equals("_&&_") || call.function().equals("_||_")) {
      call.args().forEach(argument -> writeChain(call.function(), argument));
    } else {
      writeAll(call.args());
    }
    out.append(')');
  }

  /**
   * CEL's parser balances long chains of one logical operator; the shape of the balance is no part
   * of the meaning.
   */
  private void writeChain(String function, CelExpr argument) {
    if (argument.getKind() == CelExpr.ExprKind.Kind.CALL
        && argument.call().function().equals(function)) {
      argument.call().args().forEach(inner -> writeChain(function, inner));
    } else {
      out.append(' ');
      write(argument);
    }
  }

  private void writeAll(List<CelExpr> expressions) {
    for (CelExpr expression : expressions) {
      out.append(' ');
      write(expression);
    }
  }

  private void writeConstant(CelConstant constant) {
    switch (constant.getKind()) {
      case BOOLEAN_VALUE -> out.append(constant.booleanValue());
      case INT64_VALUE -> out.append(constant.int64Value());
      case UINT64_VALUE -> out.append(constant.uint64Value()).append('u');
      case DOUBLE_VALUE -> out.append(constant.doubleValue()).append('d');
      case STRING_VALUE -> writeString(constant.stringValue());
      case BYTES_VALUE -> out.append("b").append(constant.bytesValue());
      case NULL_VALUE -> out.append("null");
      case TIMESTAMP_VALUE, DURATION_VALUE, NOT_SET ->
          throw new IllegalStateException("no literal of CEL is a " + constant.getKind());
    }
  }

  private void writeString(String value) {
    out.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }
}
