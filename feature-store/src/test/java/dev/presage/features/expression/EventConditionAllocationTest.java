package dev.presage.features.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.schemas.avro.Event;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventConditionAllocationTest {
  private static final int EVENTS = 50_000;

  private final List<Event> events =
      IntStream.range(0, 1_000).mapToObj(EventConditionAllocationTest::event).toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "properties.country == 'France' && properties.revenue > 100",
        "properties.country in ['Spain', 'Italy', 'France'] || properties.revenue < 3.5",
        "has(properties.coupon) ? properties.coupon.startsWith('SPRING') : !properties.gift",
        "properties.revenue * 1.2 - 1000.0 > -5e3 && properties.quantity * 7919 % 1000 >= 500",
        "properties.absent > 1 || size(properties.country) + properties.quantity > 600",
        "properties.quantity * 9223372036854775807 > 0 || properties.country > 1",
      })
  void shouldCreateNoGarbageForAnEvent(String cel) {
    EventCondition condition = EventCondition.compile(cel);
    int held = hold(condition);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    int heldAgain = hold(condition);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(EVENTS / 10);
    assertThat(heldAgain).isEqualTo(held);
  }

  private int hold(EventCondition condition) {
    int held = 0;
    for (int i = 0; i < EVENTS; i++) {
      held += condition.test(events.get(i % events.size())) ? 1 : 0;
    }
    return held;
  }

  private static Event event(int i) {
    List<String> countries = new ArrayList<>(List.of("France", "Spain", "United Kingdom"));
    Map<String, Object> properties = new HashMap<>();
    properties.put("country", countries.get(i % 3));
    properties.put("revenue", i * 1.5);
    properties.put("quantity", (long) i);
    properties.put("gift", i % 2 == 0);
    if (i % 5 == 0) {
      properties.put("coupon", "SPRING" + i);
    }
    return Event.newBuilder().setType("order").setProperties(properties).build();
  }
}
