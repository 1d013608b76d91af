package dev.presage.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedShopTest {
  private static final Duration HORIZON = Duration.ofDays(30);

  @Test
  void shouldGiveTheSameEventsForTheSameSeedInTheOrderOfTheirTimes() {
    SimulatedShop shop = SimulatedShop.of(SimulationOptions.standard(50, 270, 3));

    assertThat(shop.events())
        .isEqualTo(SimulatedShop.of(SimulationOptions.standard(50, 270, 3)).events())
        .isNotEqualTo(SimulatedShop.of(SimulationOptions.standard(50, 270, 4)).events())
        .isSortedAccordingTo(Comparator.comparing(Event::getOccurredAt))
        .extracting(Event::getEventId)
        .doesNotHaveDuplicates();
  }

  /** Grouped by what is foretold, as many order as were to. */
  @Test
  void shouldKnowTheTrueProbabilityOfAnOrder() {
    SimulationOptions options = SimulationOptions.standard(4_000, 270, 5);
    SimulatedShop shop = SimulatedShop.of(options);
    Instant asOf = options.cut();

    Map<Integer, Share> byProbability =
        shop.events().stream()
            .filter(it -> it.getOccurredAt().isBefore(asOf))
            .map(Event::getUserId)
            .distinct()
            .map(id -> shop.customer(id).orElseThrow())
            .collect(
                Collectors.groupingBy(
                    it -> (int) (5 * it.orderProbability(asOf.toEpochMilli(), HORIZON)),
                    Collectors.reducing(
                        new Share(0, 0, 0), it -> Share.of(it, asOf), Share::plus)));

    assertThat(byProbability).hasSize(5);
    assertThat(byProbability.values())
        .allSatisfy(
            it -> {
              assertThat(it.customers).isGreaterThan(100);
              double deviation = Math.sqrt(it.foretold * (1 - it.foretold / it.customers));
              assertThat(it.happened).isCloseTo(it.foretold, within(4 * deviation + 1));
            });
  }

  @Test
  void shouldExpectNothingOfSomebodyWhoHasNotComeOrHasLeft() {
    SimulatedCustomer customer = new SimulatedCustomer("c", 1_000, 5_000, 1, 0.1, new long[] {});

    assertThat(customer.orderProbability(999, HORIZON)).isZero();
    assertThat(customer.orderProbability(5_000, HORIZON)).isZero();
    assertThat(customer.orderProbability(4_999, Duration.ofDays(10_000)))
        .as("an order comes before they leave")
        .isCloseTo(1 / 1.1, within(1e-12));
  }

  @Test
  void shouldCountOrdersAfterTheMomentUpToTheEndOfTheHorizon() {
    long day = Duration.ofDays(1).toMillis();
    SimulatedCustomer customer =
        new SimulatedCustomer("c", 0, 100 * day, 1, 0.1, new long[] {10 * day});

    assertThat(customer.ordersWithin(10 * day, HORIZON)).isFalse();
    assertThat(customer.ordersWithin(10 * day - 1, HORIZON)).isTrue();
    assertThat(customer.ordersWithin(0, Duration.ofDays(10))).isTrue();
    assertThat(customer.ordersWithin(0, Duration.ofDays(10).minusMillis(1))).isFalse();
  }

  private record Share(int customers, double foretold, double happened) {
    static Share of(SimulatedCustomer customer, Instant asOf) {
      long millis = asOf.toEpochMilli();
      return new Share(
          1,
          customer.orderProbability(millis, HORIZON),
          customer.ordersWithin(millis, HORIZON) ? 1 : 0);
    }

    Share plus(Share other) {
      return new Share(
          customers + other.customers, foretold + other.foretold, happened + other.happened);
    }
  }
}
