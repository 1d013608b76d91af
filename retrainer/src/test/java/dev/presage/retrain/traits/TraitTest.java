package dev.presage.retrain.traits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.retrain.Histories;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.PastEvent;
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
            .setKind(TraitKind.CLASS)
            .setEligibility("orders_lifetimes >= 1")
            .setTarget(new Target("order_completed", "properties.revenue >"))
            .setHorizonMillis(0)
            .build();

    assertThatThrownBy(() -> Trait.compile(wrong, SCHEMA))
        .isInstanceOf(InvalidTraitException.class)
        .hasMessageStartingWith("Trait wrong cannot be trained: ")
        .hasMessageContaining("its entity type is item")
        .hasMessageContaining("its kind is CLASS")
        .hasMessageContaining("its horizon is 0 ms")
        .hasMessageContaining("eligibility: ")
        .hasMessageContaining("its target's condition is wrong");
  }

  @Test
  void shouldTellTheStepsOfATargetAndFailures() {
    Trait trait =
        Trait.compile(
            TraitDefinition.newBuilder(definition("cart_filled", "true"))
                .setFurther(List.of(new Target("order_completed", "properties.revenue > 10.0")))
                .setOrdered(true)
                .setFailure(new Failure(List.of(new Target("*", "properties.revenue < 0.0")), null))
                .build(),
            SCHEMA);

    assertThat(trait.goal()).isEqualTo(new Goal(2, true, false, true, Long.MAX_VALUE));
    assertThat(trait.marks(order("cart_filled", 0))).isEqualTo(1);
    assertThat(trait.marks(order("order_completed", 12.5))).isEqualTo(2);
    assertThat(trait.marks(order("order_completed", 7.5))).isZero();
    assertThat(trait.marks(order("order_completed", -1))).isEqualTo(Goal.FAILURE);
    assertThat(trait.marks(order("cart_filled", -1))).isEqualTo(Goal.FAILURE | 1);
  }

  @Test
  void shouldSumAPropertyOrCountEvents() {
    TraitDefinition counted =
        TraitDefinition.newBuilder(definition("order_completed", "true"))
            .setKind(TraitKind.VALUE)
            .build();
    Trait count = Trait.compile(counted, SCHEMA);
    Trait sum =
        Trait.compile(TraitDefinition.newBuilder(counted).setSumOf("revenue").build(), SCHEMA);

    assertThat(count.amount(order("order_completed", 12.5))).isEqualTo(1);
    assertThat(sum.amount(order("order_completed", 12.5))).isEqualTo(12.5);
    assertThat(sum.amount(order("order_completed", Double.NaN))).isZero();
    assertThat(sum.amount(Histories.event("1", "order_completed", Duration.ZERO))).isZero();
  }

  @Test
  void shouldTellDeclarationsThatSayYesFromThoseThatSayNo() {
    Trait attribute =
        Trait.compile(
            TraitDefinition.newBuilder(definition("order_completed", "properties.revenue > 5.0"))
                .setAttribute(new Attribute("revenue", "orders_lifetime >= 2"))
                .setHorizonMillis(0)
                .build(),
            Histories.engine());

    assertThat(attribute.isAttribute()).isTrue();
    assertThat(attribute.marks(order("order_completed", 7))).isEqualTo(1);
    assertThat(attribute.marks(order("order_completed", 3))).isEqualTo(Goal.FAILURE);
    assertThat(attribute.marks(Histories.event("1", "order_completed", Duration.ZERO)))
        .as("says nothing")
        .isZero();
    assertThat(attribute.marks(order("visited", 7))).isZero();
    assertThat(attribute.forbidden(Histories.engine().reads()))
        .containsExactlyInAnyOrder("revenue_30d", "orders_lifetime");
    double[] vector = new double[Histories.engine().schema().size()];
    assertThat(attribute.isTrusted(vector)).isFalse();
    vector[Histories.engine().schema().names().indexOf("orders_lifetime")] = 2;
    assertThat(attribute.isTrusted(vector)).isTrue();
    assertThat(attribute.isEligible(vector)).as("its rows count where it is trusted").isTrue();
  }

  @Test
  void shouldRefuseAnAttributeThatIsSomethingElseAsWell() {
    TraitDefinition wrong =
        TraitDefinition.newBuilder(definition("order_completed", "true"))
            .setAttribute(new Attribute("", "adults == 1"))
            .setAbsent(true)
            .build();

    assertThatThrownBy(() -> Trait.compile(wrong, SCHEMA))
        .hasMessageContaining("its attribute has no property")
        .hasMessageContaining("which has none; expected 0")
        .hasMessageContaining("absent and failure are of other traits")
        .hasMessageContaining("trusted: ");
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    TraitDefinition value =
        TraitDefinition.newBuilder(definition("order_completed", "true"))
            .setKind(TraitKind.VALUE)
            .setAbsent(true)
            .setFailure(new Failure(List.of(), null))
            .build();
    TraitDefinition likelihood =
        TraitDefinition.newBuilder(definition("", "true"))
            .setSumOf("revenue")
            .setFailure(new Failure(List.of(), Duration.ofDays(31).toMillis()))
            .setDone(List.of(new PastEvent("order_completed", "true", null, 1)))
            .build();

    assertThatThrownBy(() -> Trait.compile(value, SCHEMA))
        .hasMessageContaining("absent and failure are of likelihoods")
        .hasMessageContaining("neither events nor a time");
    assertThatThrownBy(() -> Trait.compile(likelihood, SCHEMA))
        .hasMessageContaining("it sums revenue, but its kind is LIKELIHOOD")
        .hasMessageContaining("its failure comes after 2678400000 ms")
        .hasMessageContaining("its target has no event type")
        .hasMessageContaining("no declared feature tells whether order_completed happened");
  }

  @Test
  void shouldTellWhoHasDoneSomethingByTheFeaturesThatAreDeclared() {
    FeatureEngine engine = Histories.engine();
    Trait trait =
        Trait.compile(
            TraitDefinition.newBuilder(definition("order_completed", "true"))
                .setEligibility("true")
                .setDone(
                    List.of(
                        new PastEvent(
                            "order_completed", "true", Duration.ofDays(60).toMillis(), 1)))
                .setNotDone(
                    List.of(new PastEvent("visited", "true", Duration.ofDays(7).toMillis(), 2)))
                .build(),
            engine);

    double[] vector = new double[engine.schema().size()];
    int sinceOrder = engine.schema().names().indexOf("days_since_last_order");
    int visits = engine.schema().names().indexOf("visits_7d");
    vector[sinceOrder] = 59.9;
    vector[visits] = 1;
    assertThat(trait.isEligible(vector)).isTrue();
    vector[sinceOrder] = 60;
    assertThat(trait.isEligible(vector)).as("a window is open at its beginning").isFalse();
    vector[sinceOrder] = Double.NaN;
    assertThat(trait.isEligible(vector)).isFalse();
    vector[sinceOrder] = 0;
    vector[visits] = 2;
    assertThat(trait.isEligible(vector)).isFalse();
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
