package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Event;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares compiled conditions with the CEL runtime, which says what a condition means. */
class EventConditionPropertyTest {
  @Property(tries = 10_000, maxDiscardRatio = 20)
  void shouldHoldWhereTheCelRuntimeSaysSo(@ForAll long seed, @ForAll @IntRange(max = 4) int depth) {
    RandomConditions conditions = new RandomConditions(new Random(seed));
    EventCondition condition = compileOrDiscard(conditions.condition(depth));
    assertThat(condition.isCompiled()).as(condition.toString()).isTrue();
    for (int i = 0; i < 20; i++) {
      Event event = conditions.event();

      assertThat(condition.test(event))
          .as("%s with %s", condition, event.getProperties())
          .isEqualTo(condition.testByRuntime(event));
    }
  }

  /** Of the random texts, the type checker refuses those that compare strings with numbers, say. */
  private static EventCondition compileOrDiscard(String cel) {
    try {
      return EventCondition.compile(cel);
    } catch (InvalidExpressionException e) {
      Assume.that(false);
      throw e;
    }
  }
}
