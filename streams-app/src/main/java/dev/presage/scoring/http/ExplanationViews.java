package dev.presage.scoring.http;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.explanation.Collecting;
import dev.presage.features.explanation.ErrorBound;
import dev.presage.features.explanation.FeatureExplanation;
import dev.presage.features.explanation.FeatureExplanation.Aggregated;
import dev.presage.features.explanation.FeatureExplanation.Computed;
import dev.presage.features.explanation.WindowExplanation;
import dev.presage.features.explanation.WindowExplanation.CutTile;
import dev.presage.features.explanation.WindowExplanation.Tile;
import dev.presage.features.series.DistinctSample;
import dev.presage.scoring.http.ExplanationView.BoundView;
import dev.presage.scoring.http.ExplanationView.CollectingView;
import dev.presage.scoring.http.ExplanationView.CutView;
import dev.presage.scoring.http.ExplanationView.EventView;
import dev.presage.scoring.http.ExplanationView.FeatureView;
import dev.presage.scoring.http.ExplanationView.TileView;
import dev.presage.scoring.http.ExplanationView.WindowView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes answers of explanations. */
final class ExplanationViews {
  private ExplanationViews() {}

  static ExplanationView of(
      String id,
      ProfileState state,
      @Nullable Long standbyLag,
      FeatureEngine engine,
      @Nullable Instant asOf) {
    long asOfMillis = asOf == null ? state.newestEventMillis() : asOf.toEpochMilli();
    return new ExplanationView(
        id,
        Instant.ofEpochMilli(asOfMillis),
        Instant.ofEpochMilli(state.newestEventMillis()),
        engine.explain(state, asOfMillis).stream().map(ExplanationViews::of).toList(),
        standbyLag != null,
        standbyLag);
  }

  private static FeatureView of(FeatureExplanation explanation) {
    return switch (explanation) {
      case Aggregated it ->
          new FeatureView(
              it.name(),
              orNull(it.value()),
              it.isExact(),
              it.boundText(),
              it.aggregate().yamlName(),
              it.window(),
              of(it.bound()),
              it.windows().stream().map(ExplanationViews::of).toList(),
              null,
              null,
              null,
              of(it.collecting()));
      case Computed it ->
          new FeatureView(
              it.name(),
              orNull(it.value()),
              it.isExact(),
              it.isExact() ? "exact" : "that of " + String.join(", ", it.inexact()),
              null,
              null,
              null,
              null,
              it.expression(),
              reads(it),
              it.inexact(),
              of(it.collecting()));
    };
  }

  private static Map<String, @Nullable Double> reads(Computed explanation) {
    Map<String, @Nullable Double> reads = new LinkedHashMap<>();
    explanation.reads().forEach((name, value) -> reads.put(name, orNull(value)));
    return reads;
  }

  private static BoundView of(ErrorBound bound) {
    return new BoundView(
        bound.kind().name(),
        bound.tailOffMillis(),
        bound.headOffMillis(),
        bound.timeOffMillis(),
        bound.eventsInDoubt(),
        bound.kind() == ErrorBound.Kind.SAMPLED ? DistinctSample.RELATIVE_STANDARD_ERROR : null);
  }

  private static WindowView of(WindowExplanation window) {
    boolean isOfAllTime = window.tailMillis() == WindowExplanation.BEGINNING;
    return new WindowView(
        window.series().name(),
        window.series().tracks(),
        isOfAllTime ? null : Instant.ofEpochMilli(window.tailMillis()),
        Instant.ofEpochMilli(window.headMillis()),
        window.events(),
        window.held(),
        window.newest().stream()
            .map(it -> new EventView(Instant.ofEpochMilli(it.timeMillis()), orNull(it.value())))
            .toList(),
        window.eventsInTiles(),
        window.tiles().stream().map(ExplanationViews::of).toList(),
        window.beyondRetention(),
        window.beyondInDoubt(),
        window.tailCut().map(ExplanationViews::of).orElse(null),
        window.headCut().map(ExplanationViews::of).orElse(null));
  }

  private static CutView of(CutTile cut) {
    return new CutView(of(cut.tile()), cut.counted(), cut.offMillis());
  }

  private static TileView of(Tile tile) {
    return new TileView(
        Instant.ofEpochMilli(tile.startMillis()),
        Instant.ofEpochMilli(tile.endMillis()),
        tile.events(),
        orNull(tile.sum()));
  }

  private static List<CollectingView> of(List<Collecting> collecting) {
    return collecting.stream()
        .map(
            it ->
                new CollectingView(
                    it.series(),
                    Instant.ofEpochMilli(it.sinceMillis()),
                    it.completeFromMillis().isPresent()
                        ? Instant.ofEpochMilli(it.completeFromMillis().getAsLong())
                        : null,
                    it.text()))
        .toList();
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
