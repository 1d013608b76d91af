package dev.presage.scoring.population;

import java.time.Duration;

/**
 * How partitions share their censuses.
 *
 * @param population where all of them come together
 * @param interval between two times at which a partition says what changed, by the wall clock
 */
public record CensusExchange(Population population, Duration interval) {
  /** The interval where nothing else is said. */
  public static final Duration STANDARD_INTERVAL = Duration.ofSeconds(5);
}
