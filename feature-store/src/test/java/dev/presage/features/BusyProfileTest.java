package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Point 2 of the semantics, windows: those of a profile with hundreds of thousands of events. */
class BusyProfileTest {
  private static final long START = 1_700_000_000_000L;

  private final FeatureEngine engine =
      new FeatureEngine(
          FeatureDeclarations.parse(
              """
              series:
                orders: {event: order}
                revenue: {event: order, property: revenue}
              features:
                orders_7d: {aggregate: count, series: orders, window: 7d}
                orders_90d: {aggregate: count, series: orders, window: 90d}
                revenue_7d: {aggregate: sum, series: revenue, window: 7d}
                revenue_mean: {aggregate: mean, series: revenue, window: lifetime}
                ratio: {expression: revenue_7d / orders_90d}
              """,
              "test"));
  private final ProfileCodec codec = new ProfileCodec(engine);
  private final ProfileState state = engine.newState();
  private final double[] vector = new double[engine.schema().size()];

  @Test
  void shouldStaySmallAndBeMarked() {
    Random random = new Random(5);
    for (int i = 0; i < 500_000; i++) {
      engine.apply(state, order(i, START + i * 15_000L, random));
    }

    ProfileState read = codec.decode(codec.encode(state));

    assertThat(codec.encode(state)).hasSizeLessThan(16_000);
    assertThat(read.isCapped()).isTrue();
    assertThat(state.isCapped()).isTrue();
    engine.vector(read, START + 500_000 * 15_000L, vector);
    assertThat(vector[engine.schema().names().indexOf("orders_7d")])
        .isBetween(40_320 * 0.99, 40_320 * 1.01);
  }

  @Test
  void shouldCreateNoGarbageForAnEvent() {
    Random random = new Random(6);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      events.add(order(i, START + i * 600_000L, random));
    }
    applyAndAsk(events.subList(0, 50_000));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    applyAndAsk(events.subList(50_000, 60_000));

    // Less than a byte an event: an array may have to grow once.
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void applyAndAsk(List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      engine.apply(state, event);
      engine.vector(state, state.newestEventMillis(), vector);
    }
  }

  private static Event order(int id, long time, Random random) {
    return Events.event(
        "order-" + id, "order", time, Map.of("revenue", random.nextInt(10_000) / 100.0));
  }
}
