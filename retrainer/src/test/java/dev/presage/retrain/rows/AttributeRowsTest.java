package dev.presage.retrain.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributeRowsTest {
  private static final Trait TRAIT =
      Trait.compile(
          TraitDefinition.newBuilder()
              .setTrait("orders-for-work")
              .setTarget(new Target("profile_updated", "properties.usage == \"work\""))
              .setAttribute(new Attribute("usage", "orders_lifetime < 3"))
              .setHorizonMillis(0)
              .build(),
          Histories.engine());

  @Test
  void shouldLabelAllRowsOfAProfileByWhatItDeclaredLast() {
    TrainingRows collected =
        collect(
            event("a", 0, "visited", Map.of()),
            event("a", 1, "profile_updated", Map.of("usage", "work")),
            event("a", 2, "profile_updated", Map.of("usage", "home")),
            event("a", 3, "profile_updated", Map.of("name", "says nothing of it")),
            event("b", 0, "visited", Map.of()),
            event("b", 4, "profile_updated", Map.of("usage", "work")));

    assertThat(labels(collected)).as("before and after").containsOnly(0.0, 1.0);
    assertThat(collected.rows().size()).isEqualTo(6);
    assertThat(collected.rows().positives()).isEqualTo(2);
    assertThat(collected.censoredRows()).isZero();
  }

  @Test
  void shouldLeaveOutWhoDeclaredNothingAndWhoCannotBeTrustedInTheEnd() {
    TrainingRows collected =
        collect(
            event("silent", 0, "visited", Map.of()),
            event("trusted", 0, "profile_updated", Map.of("usage", "work")),
            event("trusted", 1, "order_completed", Map.of()),
            event("later not", 0, "profile_updated", Map.of("usage", "work")),
            event("later not", 1, "order_completed", Map.of()),
            event("later not", 2, "order_completed", Map.of()),
            event("later not", 3, "order_completed", Map.of()));

    assertThat(collected.labelledProfiles()).isEqualTo(1);
    assertThat(collected.rows().positives()).isEqualTo(collected.rows().size()).isPositive();
    assertThat(collected.censoredRows()).isEqualTo(5);
  }

  private static List<Double> labels(TrainingRows collected) {
    Rows rows = collected.rows();
    return IntStream.range(0, rows.size()).mapToObj(rows::label).toList();
  }

  private static TrainingRows collect(Entry... log) {
    RowCollector collector =
        new RowCollector(Histories.engine(), TRAIT, new RowPlan(Duration.ofDays(3_650), 1_000));
    for (Entry entry : log) {
      collector.apply(entry.profileId(), entry.logged());
    }
    collector.endPartition();
    return collector.finish();
  }

  private static Entry event(String profile, int day, String type, Map<String, Object> properties) {
    return new Entry(
        profile, Histories.event(profile + "-" + day, type, Duration.ofDays(day), properties));
  }
}
