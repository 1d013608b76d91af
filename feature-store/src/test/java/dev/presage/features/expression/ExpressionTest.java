package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final Scope SCOPE =
      Scope.of(List.of("a", "b", "missing", "orders_30d", "traits.churn", "traits.likelihood-x"));
  private static final double[] SLOTS = {6, 4, Double.NaN, 2, 0.25, 0.75};

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a + b * 2                          | 14
          (a + b) * 2                        | 20
          a - b - 1                          | 1
          -a                                 | -6
          1 / 2                              | 0.5
          7u / 2                             | 3.5
          a / b                              | 1.5
          a / 0                              | NaN
          0 / a                              | 0
          -0.0 * a                           | 0
          1e308 * 10                         | NaN
          a + missing                        | NaN
          min(a, b, 5)                       | 4
          max(a, b, 5)                       | 6
          max(a, missing)                    | NaN
          log1p(0)                           | 0
          log1p(-2)                          | NaN
          coalesce(missing, b)               | 4
          coalesce(missing, missing)         | NaN
          coalesce(a, b)                     | 6
          a > b ? 1 : 2                      | 1
          missing > b ? 1 : 2                | 2
          traits.churn                       | 0.25
          traits["likelihood-x"]             | 0.75
          traits["churn"] + traits.churn     | 0.5
          """)
  void shouldCompute(String cel, double expected) {
    assertThat(Expression.number(cel, SCOPE).evaluate(SLOTS)).isEqualTo(Double.valueOf(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "a > b",
        "a >= 6 && b <= 4",
        "a < b || b == 4.0",
        "a != b",
        "!(a < b)",
        "has(a)",
        "isMissing(missing)",
        "isMissing(a / 0)",
        "!has(missing)",
        "a > b ? b > 1 : false",
        "traits[\"likelihood-x\"] >= 0.6",
      })
  void shouldHold(String cel) {
    assertThat(Expression.condition(cel, SCOPE).test(SLOTS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "missing > 0",
        "missing <= 0",
        "missing == missing",
        "missing != 1",
        "a < 6",
        "a > 6",
        "isMissing(a)",
      })
  void shouldNotHold(String cel) {
    assertThat(Expression.condition(cel, SCOPE).test(SLOTS)).isFalse();
  }

  @Test
  void shouldNameWhatItReadsOnce() {
    assertThat(Expression.condition("b > a && traits[\"likelihood-x\"] > b", SCOPE).reads())
        .containsExactly("b", "a", "traits.likelihood-x");
  }

  @Test
  void shouldHaveOneCanonicalTextForAllSpacingsAndParentheses() {
    assertThat(Expression.number("a+( b*2 ) // twice", SCOPE).canonical())
        .isEqualTo(Expression.number("a + b * 2", SCOPE).canonical())
        .isNotEqualTo(Expression.number("(a + b) * 2", SCOPE).canonical());
    assertThat(Expression.condition("a > 1 && (b > 1 && a > 2)", SCOPE).canonical())
        .isEqualTo(Expression.condition("(a > 1 && b > 1) && a > 2", SCOPE).canonical());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders_3d            | unknown name 'orders_3d'; did you mean 'orders_30d'? (line 1, column 1
          a + orders           | column 5
          a >                  | column
          a > b                | a number was expected, here is a condition
          a ? 1 : 2            | a condition was expected, here is a number
          true                 | a number was expected, here is a truth value
          "x"                  | only numbers
          null                 | only numbers
          minn(a, b)           | 'minn' is not supported; did you mean 'min'?
          a % 2                | '%' is not supported
          a in [1, 2]          | 'in' is not supported
          a.min(b)             | unctions are called as f(a)
          min()                | at least one argument
          log1p(a, b)          | log1p takes one argument, here are 2
          [1, 2]               | a number was expected
          {"a": 1}             | maps, messages and loops
          traits[a]            | a name was expected
          traits               | unknown name 'traits'
          ''                   | column 1
          """)
  void shouldRefuseAndSayWhy(String cel, String message) {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> Expression.number(cel, SCOPE))
        .withMessageContaining(message);
  }

  @Test
  void shouldSayAtWhichLineItIsWrong() {
    assertThatExceptionOfType(InvalidExpressionException.class)
        .isThrownBy(() -> Expression.number("a +\n  c", SCOPE))
        .satisfies(e -> assertThat(List.of(e.line(), e.column())).containsExactly(2, 3));
  }

  @Test
  void shouldNotGiveANumberForACondition() {
    Expression condition = Expression.condition("a > b", SCOPE);
    Expression number = Expression.number("a", SCOPE);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> condition.evaluate(SLOTS))
        .withMessage("'a > b' gives a truth value, not a number");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> number.test(SLOTS))
        .withMessage("'a' gives a number, not a truth value");
  }
}
