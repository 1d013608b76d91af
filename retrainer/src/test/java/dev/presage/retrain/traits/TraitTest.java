package dev.presage.retrain.traits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureSchema;
import dev.presage.retrain.Histories;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraitTest {
  private static final FeatureSchema SCHEMA =
      new FeatureSchema(List.of("orders_30d", "orders_lifetime"), "0".repeat(64));

  @Test
  void shouldTellTargetsByTypeAndCondition() {
    Trait trait = Trait.compile(definition("order_completed", "properties.revenue > 10.0"), SCHEMA);

    assertThat(trait.isTarget(order("order_completed", 12.5))).isTrue();
    assertThat(trait.isTarget(order("order_completed", 7.5))).isFalse();
    assertThat(trait.isTarget(order("order_cancelled", 12.5))).isFalse();
  }

  @Test
  void shouldTellWhoIsEligible() {
    Trait trait = Trait.compile(definition("order_completed", "true"), SCHEMA);

    assertThat(trait.isEligible(new double[] {0, 1})).isTrue();
    assertThat(trait.isEligible(new double[] {0, 0})).isFalse();
    assertThat(trait.isEligible(new double[] {0, Double.NaN})).isFalse();
  }

  @Test
  void shouldRefuseADefinitionWithEveryProblem() {
    TraitDefinition wrong =
        TraitDefinition.newBuilder()
            .setTrait("wrong")
            .setEntityType("item")
            .setKind(TraitKind.VALUE)
            .setEligibility("orders_lifetimes >= 1")
            .setTarget(new Target("order_completed", "properties.revenue >"))
            .setHorizonMillis(0)
            .build();

    assertThatThrownBy(() -> Trait.compile(wrong, SCHEMA))
        .isInstanceOf(InvalidTraitException.class)
        .hasMessageStartingWith("Trait wrong cannot be trained: ")
        .hasMessageContaining("its entity type is item")
        .hasMessageContaining("its kind is VALUE")
        .hasMessageContaining("its horizon is 0 ms")
        .hasMessageContaining("its eligibility is wrong")
        .hasMessageContaining("its target's condition is wrong");
  }

  private static TraitDefinition definition(String type, String condition) {
    return TraitDefinition.newBuilder()
        .setTrait("orders-again")
        .setKind(TraitKind.LIKELIHOOD)
        .setEligibility("orders_lifetime >= 1")
        .setTarget(new Target(type, condition))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .build();
  }

  private static Event order(String type, double revenue) {
    return Histories.event("1", type, Duration.ZERO, Map.of("revenue", revenue));
  }
}
