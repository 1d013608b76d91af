package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoFeaturesTest {
  private static final Path FILE = Path.of("..", "local-stack", "demo", "features.yaml");

  private final FeatureEngine engine;

  DemoFeaturesTest() throws IOException {
    engine = new FeatureEngine(FeatureDeclarations.read(FILE));
  }

  @Test
  void shouldDeclareWhatTheDemoNames() {
    assertThat(engine.schema().names())
        .contains("orders_lifetime", "orders_30d", "days_since_last_order")
        .hasSizeBetween(25, 35);
  }

  @Test
  void shouldAnswerForACustomerOfTheSampleData() {
    ProfileState state = engine.newState();
    apply(state, "536365", "order_completed", "2010-12-01T08:26:00Z", 139.12, 40L);
    apply(state, "536366", "order_completed", "2010-12-01T08:28:00Z", 22.2, 12L);
    apply(state, "C536380", "order_cancelled", "2010-12-11T08:28:00Z", -22.2, -12L);
    apply(state, "536400", "order_completed", "2010-12-11T08:26:00Z", 100.0, 3L);

    Map<String, Double> vector = vector(state, "2010-12-12T08:26:00Z");

    assertThat(vector)
        .containsEntry("orders_lifetime", 3.0)
        .containsEntry("orders_7d", 1.0)
        .containsEntry("days_since_last_order", 1.0)
        .containsEntry("days_since_first_order", 11.0)
        .containsEntry("days_between_orders", 5.0)
        .containsEntry("revenue_30d", 261.32)
        .containsEntry("revenue_max_lifetime", 139.12)
        .containsEntry("quantity_90d", 55.0)
        .containsEntry("uk_share", 1.0)
        .containsEntry("cancellation_rate", 0.25)
        .containsEntry("overdue", 0.2)
        .containsEntry("orders_trend", 3.0);
  }

  @Test
  void shouldAnswerForACustomerWithoutEvents() {
    assertThat(vector(engine.newState(), "2011-01-01T00:00:00Z"))
        .containsEntry("orders_lifetime", 0.0)
        .containsEntry("revenue_30d", 0.0)
        .containsEntry("days_since_last_order", Double.NaN)
        .containsEntry("cancellation_rate", Double.NaN);
  }

  @Test
  void shouldKeepAnOrdinaryCustomerInAFewHundredBytes() {
    ProfileState state = engine.newState();
    for (int i = 0; i < 20; i++) {
      Instant time = Instant.parse("2011-01-01T10:00:00Z").plusSeconds(i * 345_840L);
      apply(state, "order-" + i, "order_completed", time.toString(), 100 + i + 0.25, 10L + i);
    }

    assertThat(new ProfileCodec(engine).encode(state)).hasSizeLessThan(250);
  }

  private void apply(
      ProfileState state, String id, String type, String time, double revenue, long quantity) {
    Event event =
        Events.event(
            id,
            type,
            Instant.parse(time).toEpochMilli(),
            Map.of("revenue", revenue, "quantity", quantity, "country", "United Kingdom"));
    assertThat(engine.apply(state, event).isApplied()).isTrue();
  }

  private Map<String, Double> vector(ProfileState state, String asOf) {
    double[] out = new double[engine.schema().size()];
    engine.vector(state, Instant.parse(asOf).toEpochMilli(), out);
    Map<String, Double> byName = new HashMap<>();
    for (int i = 0; i < out.length; i++) {
      byName.put(engine.schema().names().get(i), out[i]);
    }
    return byName;
  }
}
