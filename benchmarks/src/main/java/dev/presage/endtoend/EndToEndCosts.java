package dev.presage.endtoend;

import dev.presage.endtoend.RunningLine.Sample;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ShopProfile;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import dev.presage.scoring.runtime.ScoringSettings.Guarantee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Every line with both guarantees, in turns, and then the latency of the streams application: all
 * at one broker, and with the same events.
 */
final class EndToEndCosts implements FigureSource {
  private static final int START_SECONDS = 8;
  private static final int PREPARE_SECONDS = 20;
  private static final int MICROS_TO_LOAD = 8;

  private final long events;
  private final int customers;
  private final Map<Key, List<Sample>> samples = new HashMap<>();
  private final Map<Figure, Measured> figures = new HashMap<>();

  /** What is measured several times. */
  private record Key(Line line, Guarantee guarantee) {}

  EndToEndCosts(long events, int customers) {
    this.events = events;
    this.customers = customers;
  }

  @Override
  public Duration expected(Effort effort) {
    Scale scale = Scale.of(effort, events, customers);
    double seconds = PREPARE_SECONDS + loadSeconds(scale);
    for (Line line : Line.values()) {
      seconds += Guarantee.values().length * scale.rounds() * seconds(line, scale);
    }
    return Duration.ofSeconds(
        Math.round(seconds + Guarantee.values().length * latencySeconds(scale)));
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws Exception {
    Scale scale = Scale.of(effort, events, customers);
    Steps steps = new Steps(expected(effort).toSeconds(), progress);
    steps.begin("models that are trained", PREPARE_SECONDS);
    FeatureEngine engine = new FeatureEngine(ShopProfile.declarations());
    ShopTraits traits = ShopTraits.train(engine, scale.trainingCustomers());
    int profileBytes = traits.meanProfileBytes();
    ShopTraffic traffic = new ShopTraffic(scale.customers(), scale.events(), Scale.MONTH);
    try (TestBed bed = TestBed.start()) {
      bed.publish(traits, traits.artefacts());
      steps.begin("events that are written", loadSeconds(scale));
      bed.load(traffic, scale, steps::at);
      for (int round = 1; round <= scale.rounds(); round++) {
        for (Guarantee guarantee : Guarantee.values()) {
          for (Line line : Line.values()) {
            steps.begin(
                "%s, %s, round %d".formatted(line.label(), guarantee.configured(), round),
                seconds(line, scale));
            Sample sample = sample(bed, line, guarantee, profileBytes, scale, steps);
            samples.computeIfAbsent(new Key(line, guarantee), it -> new ArrayList<>()).add(sample);
          }
        }
      }
      report(bed, scale, profileBytes);
      for (Guarantee guarantee : Guarantee.values()) {
        steps.begin("latency, " + guarantee.configured(), latencySeconds(scale));
        latency(bed, guarantee, traffic, scale, steps);
      }
    }
    return figures;
  }

  private static Sample sample(
      TestBed bed, Line line, Guarantee guarantee, int profileBytes, Scale scale, Steps steps)
      throws InterruptedException {
    bed.clear(line);
    Sample sample;
    try (RunningLine running =
        RunningLine.start(bed, line, guarantee, profileBytes, scale.jvmOptions())) {
      sample = running.processAll(bed.events(line), steps::at);
    }
    bed.clear(line);
    return sample;
  }

  private void latency(
      TestBed bed, Guarantee guarantee, ShopTraffic traffic, Scale scale, Steps steps)
      throws InterruptedException {
    double rate = median(Line.PRESAGE, guarantee, Sample::eventsPerSecond) / 2;
    bed.clear(Line.PRESAGE);
    try (RunningLine running =
        RunningLine.start(bed, Line.PRESAGE, guarantee, 0, scale.jvmOptions())) {
      running.awaitProcessed(traffic.number(), share -> steps.at(share / 2));
      Latencies latencies =
          new LatencyRun(bed, traffic, rate, scale)
              .measure(running, share -> steps.at((1 + share) / 2));
      String how =
          String.format(
              Locale.ROOT,
              "%,d trait updates within %d s, at %,.0f events/s, from when an event was due until a"
                  + " consumer of committed records had the update; all %,d events were processed"
                  + " before",
              latencies.count(),
              scale.latencies().toSeconds(),
              rate,
              scale.events());
      figures.put(EndToEndFigures.p50(guarantee), new Measured(latencies.millis(0.5), how));
      figures.put(EndToEndFigures.p99(guarantee), new Measured(latencies.millis(0.99), how));
      figures.put(EndToEndFigures.p999(guarantee), new Measured(latencies.millis(0.999), how));
    }
  }

  private void report(TestBed bed, Scale scale, int profileBytes) {
    for (Guarantee guarantee : Guarantee.values()) {
      for (Line line : Line.values()) {
        String over =
            over(bed, line, scale, profileBytes)
                + String.format(
                    Locale.ROOT,
                    ", %.2f %s an event",
                    median(line, guarantee, Sample::outputs),
                    line == Line.PRESAGE ? "trait updates" : "records out");
        put(
            EndToEndFigures.eventsPerSecond(line, guarantee),
            line,
            guarantee,
            over,
            Sample::eventsPerSecond);
        put(
            EndToEndFigures.cpuSeconds(line, guarantee),
            line,
            guarantee,
            over + "; the application's process alone, from when it had its partitions",
            Sample::cpuSecondsPerMillion);
        put(
            EndToEndFigures.changelogBytes(line, guarantee),
            line,
            guarantee,
            over + "; length of the log at the broker",
            Sample::changelogBytes);
      }
      figures.put(EndToEndFigures.ratioToStateful(guarantee), ratio(Line.STATEFUL, guarantee));
      figures.put(EndToEndFigures.ratioToNaive(guarantee), ratio(Line.NAIVE, guarantee));
    }
  }

  private static String over(TestBed bed, Line line, Scale scale, int profileBytes) {
    String over =
        String.format(
            Locale.ROOT, "%,d events of %,d customers", scale.events(), scale.customers());
    return switch (line) {
      case PASS, PRESAGE -> over;
      case STATEFUL -> over + ", values of " + profileBytes + " bytes";
      case NAIVE ->
          String.format(
              Locale.ROOT,
              "%,d of %s: all of every %dth customer",
              bed.events(line),
              over,
              ShopTraffic.SAMPLED);
    };
  }

  private void put(
      Figure figure, Line line, Guarantee guarantee, String over, ToDoubleFunction<Sample> of) {
    double[] sorted = sorted(line, guarantee, of);
    figures.put(
        figure,
        new Measured(
            sorted[sorted.length / 2],
            String.format(
                Locale.ROOT,
                "median of %d, %,.1f to %,.1f; %s",
                sorted.length,
                sorted[0],
                sorted[sorted.length - 1],
                over)));
  }

  private Measured ratio(Line to, Guarantee guarantee) {
    double ours = median(Line.PRESAGE, guarantee, Sample::eventsPerSecond);
    double theirs = median(to, guarantee, Sample::eventsPerSecond);
    return new Measured(
        ours / theirs,
        String.format(Locale.ROOT, "%,.0f against %,.0f events/s of %s", ours, theirs, to.label()));
  }

  private double median(Line line, Guarantee guarantee, ToDoubleFunction<Sample> of) {
    double[] sorted = sorted(line, guarantee, of);
    return sorted[sorted.length / 2];
  }

  private double[] sorted(Line line, Guarantee guarantee, ToDoubleFunction<Sample> of) {
    return Objects.requireNonNull(samples.get(new Key(line, guarantee))).stream()
        .mapToDouble(of)
        .sorted()
        .toArray();
  }

  private static double loadSeconds(Scale scale) {
    return scale.events() * MICROS_TO_LOAD / 1e6;
  }

  private static double seconds(Line line, Scale scale) {
    double share = line == Line.NAIVE ? 1.0 / ShopTraffic.SAMPLED : 1;
    return START_SECONDS + share * scale.events() * line.expectedMicros() / 1e6;
  }

  private static double latencySeconds(Scale scale) {
    return seconds(Line.PRESAGE, scale) + scale.warmUp().plus(scale.latencies()).toSeconds();
  }

  /** Progress of steps that take different times. */
  private static final class Steps {
    private final double whole;
    private final Progress progress;
    private double before;
    private double length;
    private String doing = "";

    Steps(double wholeSeconds, Progress progress) {
      this.whole = wholeSeconds;
      this.progress = progress;
    }

    void begin(String what, double seconds) {
      before += length;
      length = seconds;
      doing = what;
      at(0);
    }

    void at(double share) {
      progress.at(Math.min(1, (before + share * length) / whole), doing);
    }
  }
}
