package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.schemas.avro.Event;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShopProfileTest {
  private static final ShopProfile PROFILE = new ShopProfile(200, 5, 90, ShopProfile.Detail.ALL, 1);

  private final List<Event> history = PROFILE.history().toList();

  @Test
  void shouldDeclareFiftyFeaturesOverTenSeriesAndFiveEventTypes() {
    FeatureDeclarations declarations = ShopProfile.declarations();

    assertThat(declarations.features()).hasSize(50);
    assertThat(declarations.series()).hasSize(10);
    assertThat(declarations.series().stream().map(SeriesDefinition::eventType).distinct())
        .hasSize(5);
    assertThat(declarations.deduplication()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void shouldSpreadEventsOfAllTypesOverThePeriod() {
    assertThat(history)
        .hasSize(200)
        .isSortedAccordingTo(Comparator.comparing(Event::getOccurredAt));
    assertThat(history.stream().map(Event::getType).distinct()).hasSize(5);
    assertThat(history.stream().map(Event::getEventId).distinct()).hasSize(200);
    assertThat(Duration.between(time(history.getFirst()), time(history.getLast())))
        .isBetween(Duration.ofDays(80), Duration.ofDays(90));
  }

  @Test
  void shouldHaveValuesOfTwoDecimals() {
    assertThat(history.stream().map(event -> event.getProperties().get("revenue")))
        .filteredOn(Double.class::isInstance)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            value -> assertThat(BigDecimal.valueOf((Double) value).scale()).isLessThanOrEqualTo(2));
  }

  @Test
  void shouldGiveTheSameEventsForTheSameSeed() {
    assertThat(new ShopProfile(200, 5, 90, ShopProfile.Detail.ALL, 1).history())
        .containsExactlyElementsOf(history);
    assertThat(new ShopProfile(200, 5, 90, ShopProfile.Detail.ALL, 2).history())
        .doesNotContainAnyElementsOf(history);
  }

  @Test
  void shouldGoOnAtTheSameRate() {
    List<Event> future = PROFILE.future().limit(2_000).toList();

    assertThat(time(future.getFirst())).isAfter(time(history.getLast()));
    assertThat(Duration.between(time(history.getLast()), time(future.getLast())))
        .isBetween(Duration.ofDays(850), Duration.ofDays(950));
    assertThat(PROFILE.future().toList().getLast().getOccurredAt())
        .isBetween(Instant.parse("2099-12-01T00:00:00Z"), Instant.parse("2099-12-31T00:00:00Z"));
  }

  @Test
  void shouldHaveEventsThatTheEngineApplies() {
    FeatureEngine engine = new FeatureEngine(ShopProfile.declarations());
    ProfileState state = engine.newState();

    assertThat(history)
        .allSatisfy(
            event ->
                assertThat(engine.apply(state, event).kind()).isEqualTo(ApplyOutcome.Kind.APPLIED));
  }

  private static Instant time(Event event) {
    return event.getOccurredAt();
  }
}
