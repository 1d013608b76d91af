package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions come from outside; none may cost more than a refusal. */
class HostileExpressionTest {
  private static final Scope SCOPE = Scope.of(List.of("a"));

  static Stream<String> tooLarge() {
    return Stream.of(
        "a".repeat(5_000),
        "1 + ".repeat(5_000) + "1",
        "1+".repeat(2_000) + "1",
        "(".repeat(2_000) + "a" + ")".repeat(2_000),
        "a".concat("[a".repeat(1_300)),
        "a.b".concat(".b".repeat(1_900)),
        "a?".repeat(1_000) + "1" + ":1".repeat(1_000),
        "min(".repeat(900) + "a" + ")".repeat(900),
        "[".repeat(2_000),
        "a&&".repeat(1_300) + "a");
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void shouldRefuseWhatIsTooLarge(String cel) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> Expression.number(cel, SCOPE));
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> Expression.condition(cel, SCOPE));
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> EventCondition.compile(cel));
  }

  @Test
  void shouldTakeALongExpressionThatIsStillReasonable() {
    String sum = "a + ".repeat(99) + "a";

    assertThat(Expression.number(sum, SCOPE).evaluate(new double[] {1})).isEqualTo(100);
  }

  @Test
  void shouldSurviveManySigns() {
    assertAnsweredOrRefused("!".repeat(4_000) + "(a > 0)");
    assertAnsweredOrRefused("-".repeat(4_000) + "a");
    assertAnsweredOrRefused("- ".repeat(2_000) + "a");
    assertAnsweredOrRefused("!(".repeat(1_000) + "a > 0" + ")".repeat(1_000));
  }

  @Test
  void shouldAnswerOrRefuseWhateverIsWritten() {
    Random random = new Random(1);
    String[] pieces = {
      "a", "1", "(", ")", "+", "-", "!", "&&", "||", "?", ":", "[", "]", "\"", ".", ",", "min",
      "has", " ", "\n", "//", "in", "é", "\u0000", "1e400", "0x", "{", "}", "all", "x"
    };
    for (int i = 0; i < 3_000; i++) {
      StringBuilder cel = new StringBuilder();
      int size = random.nextInt(12);
      for (int j = 0; j <= size; j++) {
        cel.append(pieces[random.nextInt(pieces.length)]);
      }
      assertAnsweredOrRefused(cel.toString());
    }
  }

  private static void assertAnsweredOrRefused(String cel) {
    try {
      assertThat(Expression.number(cel, SCOPE).evaluate(new double[] {1})).isNotInfinite();
    } catch (InvalidExpressionException e) {
      assertThat(e).hasMessageContaining("of the expression");
    }
    try {
      EventCondition.compile(cel);
    } catch (InvalidExpressionException e) {
      assertThat(e).hasMessageContaining("of the expression");
    }
  }
}
