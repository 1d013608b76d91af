package dev.presage.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.Scope;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ActiveTraitTest {

  @Test
  void shouldKeepTheSameExamplesInEveryRun() {
    List<Integer> first = examples(trait(0.3));

    assertThat(examples(trait(0.3))).isEqualTo(first);
    assertThat(first.size()).isBetween(2_800, 3_200);
  }

  @Test
  void shouldKeepEveryExampleOfASmallerShareInALargerOne() {
    assertThat(examples(trait(0.5))).containsAll(examples(trait(0.1)));
  }

  @Test
  void shouldKeepAllOrNone() {
    assertThat(examples(trait(1))).hasSize(10_000);
    assertThat(examples(trait(0))).isEmpty();
  }

  private static List<Integer> examples(ActiveTrait trait) {
    return IntStream.range(0, 10_000)
        .filter(i -> trait.isExample(ExampleDraw.of("u-" + i % 100, "e-" + i, 1_000L * i)))
        .boxed()
        .toList();
  }

  private static ActiveTrait trait(double share) {
    return new ActiveTrait(
        TraitDefinition.newBuilder()
            .setTrait("a")
            .setTarget(new Target("x", "true"))
            .setHorizonMillis(1)
            .setExampleShare(share)
            .build(),
        0,
        1,
        Expression.condition("true", Scope.of(List.of())),
        EventCondition.compile("true"),
        TraitModels.of(
            "a", new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), "cafe").current(), 0));
  }
}
