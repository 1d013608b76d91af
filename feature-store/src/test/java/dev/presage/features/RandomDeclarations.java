package dev.presage.features;

import dev.presage.schemas.avro.Event;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Declarations made at random, as YAML for the engine and as data for the twin. */
record RandomDeclarations(
    List<SeriesSpec> series, List<FeatureSpec> features, long deduplicationMillis) {
  static final List<String> TYPES = List.of("order", "visit", "call");

  private static final long MINUTE = 60_000;
  private static final int[] WINDOW_MINUTES = {
    1, 10, 60, 360, 1_440, 7 * 1_440, 30 * 1_440, 90 * 1_440
  };
  private static final List<String> OF_TIMES =
      List.of("count", "time_since_first", "time_since_last", "mean_time_between");
  private static final List<String> OF_VALUES =
      List.of("sum", "mean", "min", "max", "stddev", "first", "last");
  private static final List<String> OF_SESSIONS =
      List.of("sessions", "mean_session_length", "mean_session_events");

  /** What a series tracks of an event beside its time. */
  enum Tracked {
    NOTHING,
    X,
    N,
    CATEGORY
  }

  record SeriesSpec(
      String name,
      String type,
      boolean onlyPositive,
      boolean onlyMornings,
      Tracked tracked,
      long retentionMillis) {
    boolean counts(Event event) {
      return (type.equals("*") || event.getType().equals(type))
          && (tracked == Tracked.NOTHING || event.getProperties().containsKey(property()))
          && (!onlyPositive || (event.getProperties().get("x") instanceof Double x && x > 0))
          && (!onlyMornings || hour(event.getOccurredAt()) < 12);
    }

    double value(Event event) {
      return switch (event.getProperties().get(property())) {
        case Number number -> number.doubleValue();
        case String text -> text.hashCode();
        case null, default -> 0;
      };
    }

    String property() {
      return switch (tracked) {
        case NOTHING -> "";
        case X -> "x";
        case N -> "n";
        case CATEGORY -> "c";
      };
    }

    boolean isNumeric() {
      return tracked == Tracked.X || tracked == Tracked.N;
    }

    private static int hour(Instant time) {
      return time.atOffset(ZoneOffset.UTC).getHour();
    }
  }

  /**
   * @param windowMillis null for lifetime
   * @param argument k, the gap or the half-life in milliseconds; 0 where there is none
   * @param of the other series of a share
   */
  record FeatureSpec(
      String name,
      String aggregate,
      SeriesSpec series,
      @Nullable Long windowMillis,
      long argument,
      @Nullable SeriesSpec of) {}

  static RandomDeclarations random(Random random) {
    List<SeriesSpec> series = new ArrayList<>();
    for (String type : List.of("order", "visit", "call", "*")) {
      for (boolean onlyPositive : new boolean[] {false, true}) {
        for (Tracked tracked : Tracked.values()) {
          if (random.nextInt(7) == 0) {
            long retention = MINUTE * 1_440 * (1 + random.nextInt(120));
            boolean onlyMornings = random.nextInt(6) == 0;
            series.add(
                new SeriesSpec(
                    "s" + series.size(), type, onlyPositive, onlyMornings, tracked, retention));
          }
        }
      }
    }
    if (series.isEmpty()) {
      return random(random);
    }
    List<FeatureSpec> features = new ArrayList<>();
    series.forEach(spec -> addFeatures(spec, series, random, features));
    return new RandomDeclarations(series, features, MINUTE * (1 + random.nextInt(3_000)));
  }

  /** Returns the same, and features over other windows of the same series. */
  RandomDeclarations withMore(Random random) {
    List<FeatureSpec> more = new ArrayList<>(features);
    series.forEach(spec -> addFeatures(spec, series, random, more));
    // What is folded already was not decayed by a half-life that is new, and what is beyond the
    // retention was not cut into sessions by a gap that is.
    more.removeIf(
        feature ->
            !features.contains(feature)
                && feature.windowMillis() == null
                && (feature.aggregate().startsWith("decayed")
                    || feature.aggregate().contains("session")));
    return new RandomDeclarations(series, more, deduplicationMillis);
  }

  private static void addFeatures(
      SeriesSpec series, List<SeriesSpec> all, Random random, List<FeatureSpec> features) {
    long gap = MINUTE * (1 + random.nextInt(1_000));
    int windows = 1 + random.nextInt(4);
    for (int i = 0; i < windows; i++) {
      long minutes =
          random.nextBoolean()
              ? WINDOW_MINUTES[random.nextInt(WINDOW_MINUTES.length)]
              : 1 + random.nextInt(100_000);
      Long window = random.nextInt(5) == 0 ? null : minutes * MINUTE;
      if (window != null && window > series.retentionMillis()) {
        continue;
      }
      List<String> aggregates = new ArrayList<>(OF_TIMES);
      if (series.isNumeric()) {
        aggregates.addAll(OF_VALUES);
      }
      for (String aggregate : aggregates) {
        add(features, aggregate, series, window, 0, null);
      }
      add(features, "time_since_last", series, window, 2 + random.nextInt(15), null);
      if (series.isNumeric()) {
        add(features, "last", series, window, 2 + random.nextInt(15), null);
      }
      if (series.tracked() == Tracked.CATEGORY) {
        add(features, "distinct", series, window, 0, null);
      }
      for (String aggregate : OF_SESSIONS) {
        add(features, aggregate, series, window, gap, null);
      }
      SeriesSpec of = all.get(random.nextInt(all.size()));
      if (window == null || window <= of.retentionMillis()) {
        add(features, "share", series, window, 0, of);
      }
      if (window != null && 2 * window <= series.retentionMillis()) {
        add(features, "trend", series, window, 0, null);
        if (series.isNumeric()) {
          add(features, "sum_trend", series, window, 0, null);
        }
      }
    }
    long halfLife = MINUTE * (1 + random.nextInt(100_000));
    add(features, "decayed_count", series, null, halfLife, null);
    if (series.isNumeric()) {
      add(features, "decayed_sum", series, null, halfLife, null);
    }
  }

  private static void add(
      List<FeatureSpec> features,
      String aggregate,
      SeriesSpec series,
      @Nullable Long window,
      long argument,
      @Nullable SeriesSpec of) {
    features.add(new FeatureSpec("f" + features.size(), aggregate, series, window, argument, of));
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("deduplication: ").append(deduplicationMillis / MINUTE).append("m\nseries:\n");
    for (SeriesSpec spec : series) {
      yaml.append("  ").append(spec.name()).append(":\n    event: '").append(spec.type());
      yaml.append("'\n    retention: ").append(spec.retentionMillis() / MINUTE).append("m\n");
      if (spec.onlyPositive()) {
        yaml.append("    where: properties.x > 0.0\n");
      }
      if (spec.onlyMornings()) {
        yaml.append("    hours: 0-11\n");
      }
      if (spec.tracked() != Tracked.NOTHING) {
        yaml.append(spec.isNumeric() ? "    property: " : "    identifier: ");
        yaml.append(spec.property()).append('\n');
      }
    }
    yaml.append("features:\n  twice:\n    expression: 2 * events_of_first\n");
    yaml.append("  events_of_first: {aggregate: count, series: s0, window: lifetime}\n");
    features.forEach(feature -> append(yaml, feature));
    return yaml.toString();
  }

  private static void append(StringBuilder yaml, FeatureSpec feature) {
    yaml.append("  ").append(feature.name()).append(": {aggregate: ").append(feature.aggregate());
    yaml.append(", series: ").append(feature.series().name());
    SeriesSpec of = feature.of();
    if (of != null) {
      yaml.append(", of: ").append(of.name());
    }
    switch (feature.aggregate()) {
      case "decayed_count", "decayed_sum" ->
          yaml.append(", half_life: ").append(feature.argument() / MINUTE).append("m}\n");
      default -> {
        yaml.append(", window: ");
        yaml.append(
            feature.windowMillis() == null ? "lifetime" : feature.windowMillis() / MINUTE + "m");
        if (OF_SESSIONS.contains(feature.aggregate())) {
          yaml.append(", gap: ").append(feature.argument() / MINUTE).append('m');
        } else if (feature.argument() > 0) {
          yaml.append(", k: ").append(feature.argument());
        }
        yaml.append("}\n");
      }
    }
  }
}
