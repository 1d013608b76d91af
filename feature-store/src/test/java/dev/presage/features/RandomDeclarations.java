package dev.presage.features;

import dev.presage.schemas.avro.Event;
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

  record SeriesSpec(
      String name,
      String type,
      boolean onlyPositive,
      @Nullable String property,
      long retentionMillis) {
    boolean counts(Event event) {
      return event.getType().equals(type)
          && (property == null || event.getProperties().containsKey(property))
          && (!onlyPositive || (event.getProperties().get("x") instanceof Double x && x > 0));
    }

    double value(Event event) {
      return property != null && event.getProperties().get(property) instanceof Number number
          ? number.doubleValue()
          : 0;
    }
  }

  /**
   * @param windowMillis null for lifetime
   */
  record FeatureSpec(
      String name, String aggregate, SeriesSpec series, @Nullable Long windowMillis) {}

  static RandomDeclarations random(Random random) {
    List<SeriesSpec> series = new ArrayList<>();
    List<FeatureSpec> features = new ArrayList<>();
    for (String type : TYPES) {
      for (boolean onlyPositive : new boolean[] {false, true}) {
        for (String property : new @Nullable String[] {null, "x", "n"}) {
          if (random.nextInt(5) == 0) {
            long retention = MINUTE * 1_440 * (1 + random.nextInt(120));
            SeriesSpec spec =
                new SeriesSpec("s" + series.size(), type, onlyPositive, property, retention);
            series.add(spec);
            addFeatures(spec, random, features);
          }
        }
      }
    }
    if (series.isEmpty()) {
      return random(random);
    }
    return new RandomDeclarations(series, features, MINUTE * (1 + random.nextInt(3_000)));
  }

  private static void addFeatures(SeriesSpec series, Random random, List<FeatureSpec> features) {
    List<String> aggregates = new ArrayList<>(OF_TIMES);
    if (series.property() != null) {
      aggregates.addAll(OF_VALUES);
    }
    int windows = 1 + random.nextInt(4);
    for (int i = 0; i < windows; i++) {
      long minutes =
          random.nextBoolean()
              ? WINDOW_MINUTES[random.nextInt(WINDOW_MINUTES.length)]
              : 1 + random.nextInt(100_000);
      Long window = random.nextInt(5) == 0 ? null : minutes * MINUTE;
      if (window == null || window <= series.retentionMillis()) {
        for (String aggregate : aggregates) {
          features.add(new FeatureSpec("f" + features.size(), aggregate, series, window));
        }
      }
    }
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("deduplication: ").append(deduplicationMillis / MINUTE).append("m\nseries:\n");
    for (SeriesSpec spec : series) {
      yaml.append("  ").append(spec.name()).append(":\n    event: ").append(spec.type());
      yaml.append("\n    retention: ").append(spec.retentionMillis() / MINUTE).append("m\n");
      if (spec.onlyPositive()) {
        yaml.append("    where: properties.x > 0.0\n");
      }
      if (spec.property() != null) {
        yaml.append("    property: ").append(spec.property()).append('\n');
      }
    }
    yaml.append("features:\n  twice:\n    expression: 2 * events_of_first\n");
    yaml.append("  events_of_first: {aggregate: count, series: s0, window: lifetime}\n");
    for (FeatureSpec feature : features) {
      yaml.append("  ").append(feature.name()).append(": {aggregate: ").append(feature.aggregate());
      yaml.append(", series: ").append(feature.series().name()).append(", window: ");
      yaml.append(
          feature.windowMillis() == null ? "lifetime" : feature.windowMillis() / MINUTE + "m");
      yaml.append("}\n");
    }
    return yaml.toString();
  }
}
