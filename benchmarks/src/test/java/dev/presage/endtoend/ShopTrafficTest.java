package dev.presage.endtoend;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShopTrafficTest {
  private static final int EVENTS = 20_000;

  @Test
  void shouldBeTheSameEachTimeAndInTheOrderOfTime() {
    List<Event> events = events(EVENTS);

    assertThat(events(EVENTS)).isEqualTo(events);
    assertThat(events).extracting(Event::getOccurredAt).isSorted();
    assertThat(events).extracting(Event::getEventId).doesNotHaveDuplicates();
    assertThat(events).extracting(Event::getType).contains("order_completed", "email_opened");
  }

  @Test
  void shouldKnowTheNumberOfAnEventByItsId() {
    List<Event> events = events(100);

    assertThat(events).extracting(ShopTraffic::number).first().isEqualTo(0L);
    assertThat(events).extracting(ShopTraffic::number).last().isEqualTo(99L);
  }

  @Test
  void shouldGiveSomeCustomersFarMoreThanOthers() {
    Map<String, Long> counts =
        events(EVENTS).stream().collect(groupingBy(Event::getUserId, counting()));

    long most = counts.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(most).isGreaterThan(5L * EVENTS / counts.size());
  }

  @Test
  void shouldSampleAboutAsManyEventsAsCustomersAndAllOfEach() {
    List<Event> events = events(EVENTS);
    List<Event> sampled = events.stream().filter(ShopTraffic::isSampled).toList();
    Set<String> customers =
        sampled.stream().map(Event::getUserId).collect(Collectors.toUnmodifiableSet());

    assertThat((double) sampled.size() * ShopTraffic.SAMPLED / EVENTS).isBetween(0.7, 1.4);
    assertThat(events.stream().filter(it -> customers.contains(it.getUserId()))).isEqualTo(sampled);
  }

  @Test
  void shouldGoOnAfterItsTimeAndStayInThePast() {
    List<Event> events = events(EVENTS + 1_000);

    assertThat(events.get(EVENTS).getOccurredAt()).isEqualTo(Instant.parse("2024-01-31T00:00:00Z"));
    assertThat(events.getLast().getOccurredAt()).isBefore(Instant.parse("2024-02-01T00:00:00Z"));
  }

  private static List<Event> events(int count) {
    ShopTraffic traffic = new ShopTraffic(2_000, EVENTS, Duration.ofDays(30));
    return IntStream.range(0, count).mapToObj(i -> traffic.next()).toList();
  }
}
