package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntaxTest {
  private static final Scope SCOPE = Scope.of(List.of("a", "b"));

  static Stream<String> functions() {
    return Syntax.functions().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void shouldListOnlyFunctionsThatThereAre(String function) {
    String call = function + "(a)";
    boolean condition = List.of("has", "isMissing").contains(function);

    assertThatCode(() -> Expression.number(condition ? call + " ? 1 : 0" : call, SCOPE))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void shouldShowEveryFunction(String function) {
    assertThat(Arrays.stream(Syntax.values()).map(Syntax::written))
        .anyMatch(written -> written.contains("`" + function + "("));
  }

  @Test
  void shouldKnowTheFunctionsThatSuggestionsCanName() {
    assertThat(Syntax.functions())
        .containsExactly("min", "max", "log1p", "coalesce", "has", "isMissing");
  }
}
