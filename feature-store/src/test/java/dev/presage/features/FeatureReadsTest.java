package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeatureReadsTest {
  private static final FeatureEngine ENGINE =
      new FeatureEngine(
          FeatureDeclarations.parse(
              """
              entity: customer
              series:
                orders: {event: order_completed}
                work_orders: {event: order_completed, where: 'properties.usage == "work"'}
                usage_seconds: {event: order_completed, property: usage_seconds}
                usage: {event: profile_updated, property: usage}
                adults: {event: profile_updated, property: adults}
              features:
                orders_30d: {aggregate: count, series: orders, window: 30d}
                work_orders_30d: {aggregate: count, series: work_orders, window: 30d}
                seconds_30d: {aggregate: sum, series: usage_seconds, window: 30d}
                usage_last: {aggregate: last, series: usage, window: lifetime}
                adults_last: {aggregate: last, series: adults, window: lifetime}
                work_share: {expression: work_orders_30d / orders_30d}
                work_share_log: {expression: log1p(work_share)}
              """,
              "test"));

  @Test
  void shouldNameWhatLooksAtAPropertyThroughASeriesOrACondition() {
    Set<String> direct = ENGINE.reads().ofProperty("usage");

    assertThat(direct).containsExactlyInAnyOrder("work_orders_30d", "usage_last");
    assertThat(ENGINE.reads().withComputed(direct))
        .containsExactlyInAnyOrder("work_orders_30d", "usage_last", "work_share", "work_share_log");
    assertThat(ENGINE.reads().ofProperty("use")).isEmpty();
  }

  @Test
  void shouldPredictAnAttributeForThoseWhoseWordCannotBeTrusted() {
    TraitDefinition attribute =
        TraitDefinition.newBuilder()
            .setTrait("orders-for-work")
            .setTarget(new Target("profile_updated", "properties.usage == \"work\""))
            .setEligibility("orders_30d >= 1")
            .setAttribute(new Attribute("usage", "adults_last == 1"))
            .setHorizonMillis(0)
            .build();
    List<String> problems = new ArrayList<>();

    var eligibility =
        Eligibility.compile(
            attribute, Scope.of(ENGINE.schema().names()), ENGINE.pastEvents(), problems);

    assertThat(problems).isEmpty();
    assertThat(eligibility).isNotNull();
    double[] vector = new double[ENGINE.schema().size()];
    vector[ENGINE.schema().names().indexOf("orders_30d")] = 2;
    int adults = ENGINE.schema().names().indexOf("adults_last");
    vector[adults] = 1;
    assertThat(eligibility.test(vector)).as("an account of one adult").isFalse();
    vector[adults] = 2;
    assertThat(eligibility.test(vector)).as("of two").isTrue();
    vector[adults] = Double.NaN;
    assertThat(eligibility.test(vector)).as("nobody knows").isTrue();
    vector[ENGINE.schema().names().indexOf("orders_30d")] = 0;
    assertThat(eligibility.test(vector)).as("not eligible anyway").isFalse();
  }

  @Test
  void shouldSayWhatIsWrongWithTheRuleOfTrust() {
    TraitDefinition attribute =
        TraitDefinition.newBuilder()
            .setTrait("orders-for-work")
            .setTarget(new Target("profile_updated", "true"))
            .setAttribute(new Attribute("usage", "adult == 1"))
            .setHorizonMillis(0)
            .build();
    List<String> problems = new ArrayList<>();

    assertThat(
            Eligibility.compile(
                attribute, Scope.of(ENGINE.schema().names()), ENGINE.pastEvents(), problems))
        .isNull();
    assertThat(problems).singleElement().asString().startsWith("trusted: ");
  }
}
