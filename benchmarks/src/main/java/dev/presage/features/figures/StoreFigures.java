package dev.presage.features.figures;

import dev.presage.features.state.ProfileStoreBenchmark;
import dev.presage.features.state.ProfileStoreBenchmark.Candidate;
import dev.presage.features.state.ProfileStoreBenchmark.Result;
import dev.presage.features.state.ProfileStoreBenchmark.Scale;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the profile store costs and saves, through Kafka Streams and a broker. */
final class StoreFigures implements FigureSource {
  private static final String DOING = "profile stores at a broker";

  /** Lines that a whole run tells: begun, of each candidate, of each round. */
  private static final int STEPS = 20;

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 200 : 20);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws Exception {
    AtomicInteger step = new AtomicInteger();
    Scale scale = effort == Effort.FULL ? Scale.FULL : Scale.QUICK;
    progress.at(0, DOING);
    Result result =
        ProfileStoreBenchmark.run(
            scale,
            line -> {
              System.err.println(line);
              progress.at(Math.min(1.0, (double) step.incrementAndGet() / STEPS), DOING);
            });
    StringBuilder how = new StringBuilder();
    result.candidates().forEach((name, figures) -> how.append(described(name, figures)));
    String over =
        String.format(
            Locale.ROOT,
            "medians of %d rounds of %,d events, %,d profiles of 200 events;%s",
            scale.rounds(),
            scale.eventsPerRound(),
            scale.profiles(),
            how);
    return Map.of(
        FeatureFigures.CHANGELOG, new Measured(result.changelogBytesPerEvent(), over),
        FeatureFigures.STORE_SPEEDUP, new Measured(result.storeSpeedup(), over));
  }

  private static String described(String name, Candidate figures) {
    return String.format(
        Locale.ROOT,
        " %s %,.0f events/s and %,.0f bytes an event;",
        name,
        figures.eventsPerSecond(),
        figures.changelogBytesPerEvent());
  }
}
