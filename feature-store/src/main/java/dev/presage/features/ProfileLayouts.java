package dev.presage.features;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.declaration.Tracking;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.SeriesLayout;
import dev.presage.features.series.SeriesLayout.Decayed;
import dev.presage.features.series.SeriesLayout.Needs;
import dev.presage.features.series.TileGrid;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Finds out from declarations what the state of a profile has to keep. */
final class ProfileLayouts {
  private ProfileLayouts() {}

  /**
   * @param series the declared series, by ascending state ID
   */
  static ProfileLayout of(FeatureDeclarations declarations, List<SeriesDefinition> series) {
    List<Aggregated> features =
        declarations.features().stream()
            .filter(Aggregated.class::isInstance)
            .map(Aggregated.class::cast)
            .toList();
    return new ProfileLayout(
        series.stream().map(definition -> series(definition, features)).toList(),
        declarations.deduplication().toMillis(),
        declarations.tracking().map(Tracking::atMost).orElse(0));
  }

  /** Returns the layout of a series that nobody declared. */
  static SeriesLayout undeclared(int id, int typeTag, Kind kind, long retentionMillis) {
    return new SeriesLayout(
        id,
        typeTag,
        kind,
        TileGrid.of(List.of(), retentionMillis),
        retentionMillis,
        List.of(),
        List.of(),
        Needs.NOTHING);
  }

  private static SeriesLayout series(SeriesDefinition series, List<Aggregated> features) {
    TreeSet<Long> windows = new TreeSet<>();
    TreeSet<Long> gaps = new TreeSet<>();
    TreeSet<Decayed> decayed =
        new TreeSet<>(
            Comparator.comparingLong(Decayed::halfLifeMillis).thenComparing(Decayed::ofValues));
    Needs needs = Needs.NOTHING;
    for (Aggregated feature : features) {
      SeriesDefinition of = feature.parameters().of();
      boolean reads = feature.series().equals(series) || (of != null && of.equals(series));
      if (!reads) {
        continue;
      }
      long window = feature.windowMillis();
      if (window != Aggregated.LIFETIME) {
        windows.add(window);
        if (feature.aggregate().span() == Aggregate.Span.WINDOW_AND_THE_ONE_BEFORE) {
          windows.add(2 * window);
        }
      }
      if (feature.parameters().gapMillis() > 0) {
        gaps.add(feature.parameters().gapMillis());
      }
      if (feature.parameters().halfLifeMillis() > 0) {
        decayed.add(decayed(feature));
      }
      needs = needs.and(needs(feature.aggregate()));
    }
    long retention = series.retention().toMillis();
    return new SeriesLayout(
        series.stateId(),
        typeTag(series.eventType()),
        series.kind(),
        TileGrid.of(windows, retention),
        retention,
        List.copyOf(gaps),
        List.copyOf(decayed),
        series.kind() == Kind.NUMBERS ? needs : Needs.NOTHING);
  }

  /** Returns what is kept for an aggregate with a half-life. */
  static Decayed decayed(Aggregated feature) {
    return new Decayed(
        feature.parameters().halfLifeMillis(), feature.aggregate() == Aggregate.DECAYED_SUM);
  }

  private static int typeTag(String eventType) {
    return eventType.equals(SeriesDefinition.ANY_EVENT_TYPE)
        ? SeriesLayout.ANY_TYPE
        : SeriesLayout.typeTag(eventType);
  }

  private static Needs needs(Aggregate aggregate) {
    return switch (aggregate) {
      case SUM, MEAN, SUM_TREND -> new Needs(true, false, false);
      case MIN, MAX -> new Needs(false, true, false);
      case STDDEV -> new Needs(true, false, true);
      default -> Needs.NOTHING;
    };
  }
}
