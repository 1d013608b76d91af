package dev.presage.features;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Computed;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.explanation.Collecting;
import dev.presage.features.explanation.ErrorBound;
import dev.presage.features.explanation.ErrorBounds;
import dev.presage.features.explanation.FeatureExplanation;
import dev.presage.features.explanation.WindowExplanation;
import dev.presage.features.explanation.WindowReader;
import dev.presage.features.series.SeriesState;
import dev.presage.features.series.WindowView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Explains the values of a vector by the windows that they were taken from. */
final class FeatureExplainer {
  private final List<FeatureDefinition> features;
  private final List<Integer> computedOrder;
  private final List<SeriesDefinition> series;

  /**
   * @param series the declared series, in the order of the layout
   */
  FeatureExplainer(FeatureDeclarations declarations, List<SeriesDefinition> series) {
    this.features = declarations.features();
    this.computedOrder = declarations.computedOrder();
    this.series = series;
  }

  /** Explains a vector as of a time; in its order. */
  List<FeatureExplanation> explain(ProfileState state, long asOf, double[] vector) {
    Map<String, FeatureExplanation> byName = new LinkedHashMap<>();
    for (int i = 0; i < vector.length; i++) {
      if (features.get(i) instanceof Aggregated feature) {
        byName.put(feature.name(), explain(feature, state, asOf, vector[i]));
      }
    }
    for (int place : computedOrder) {
      Computed feature = (Computed) features.get(place);
      byName.put(feature.name(), explain(feature, vector[place], byName));
    }
    return features.stream().map(feature -> explained(feature.name(), byName)).toList();
  }

  private FeatureExplanation explain(
      Aggregated feature, ProfileState state, long asOf, double value) {
    List<WindowExplanation> windows = new ArrayList<>();
    ErrorBound bound = add(feature, feature.series(), state, asOf, windows);
    SeriesDefinition of = feature.parameters().of();
    if (of != null) {
      bound = bound.and(add(feature, of, state, asOf, windows));
    }
    boolean looksTwice = feature.aggregate().span() == Aggregate.Span.WINDOW_AND_THE_ONE_BEFORE;
    if (looksTwice) {
      long before = asOf - feature.windowMillis();
      bound = bound.and(add(feature, feature.series(), state, before, windows));
    }
    Map<String, Collecting> collecting = new TreeMap<>();
    for (WindowExplanation window : windows) {
      collect(window, state, feature.windowMillis(), looksTwice, asOf, collecting);
    }
    return new FeatureExplanation.Aggregated(
        feature.name(),
        value,
        feature.aggregate(),
        feature.windowMillis(),
        feature.window(),
        windows,
        bound,
        List.copyOf(collecting.values()));
  }

  /** Adds what is known of one window of a series; returns the bound of an aggregate of it. */
  private ErrorBound add(
      Aggregated feature,
      SeriesDefinition of,
      ProfileState state,
      long head,
      List<WindowExplanation> windows) {
    SeriesState ofSeries = stateOf(of, state);
    WindowView view = state.view();
    view.open(ofSeries);
    SeriesFeatures.select(view, feature.windowMillis(), head);
    long tail =
        feature.windowMillis() == Aggregated.LIFETIME
            ? WindowExplanation.BEGINNING
            : head - feature.windowMillis();
    WindowExplanation window =
        WindowReader.read(view, of, ofSeries, tail, state.newestEventMillis());
    windows.add(window);
    return ErrorBounds.of(feature.aggregate(), feature.parameters().k(), view, ofSeries, window);
  }

  private void collect(
      WindowExplanation window,
      ProfileState state,
      long length,
      boolean looksTwice,
      long asOf,
      Map<String, Collecting> collecting) {
    long since = stateOf(window.series(), state).since();
    if (since == SeriesState.NEVER) {
      return;
    }
    boolean isLifetime = length == Aggregated.LIFETIME;
    long completeFrom = isLifetime ? Long.MAX_VALUE : since + (looksTwice ? 2 : 1) * length;
    if (asOf < completeFrom) {
      collecting.put(
          window.series().name(),
          new Collecting(
              window.series().name(),
              since,
              isLifetime ? OptionalLong.empty() : OptionalLong.of(completeFrom)));
    }
  }

  private static FeatureExplanation explain(
      Computed feature, double value, Map<String, FeatureExplanation> byName) {
    Map<String, Double> reads = new LinkedHashMap<>();
    List<String> inexact = new ArrayList<>();
    Map<String, Collecting> collecting = new TreeMap<>();
    for (String name : feature.expression().reads()) {
      FeatureExplanation read = explained(name, byName);
      reads.put(name, read.value());
      if (!read.isExact()) {
        inexact.add(name);
      }
      read.collecting()
          .forEach(one -> collecting.merge(one.series(), one, FeatureExplainer::later));
    }
    return new FeatureExplanation.Computed(
        feature.name(),
        value,
        feature.expression().toString(),
        reads,
        inexact,
        List.copyOf(collecting.values()));
  }

  private static Collecting later(Collecting one, Collecting other) {
    return one.completeFromMillis().orElse(Long.MAX_VALUE)
            >= other.completeFromMillis().orElse(Long.MAX_VALUE)
        ? one
        : other;
  }

  private SeriesState stateOf(SeriesDefinition of, ProfileState state) {
    return state.series(series.indexOf(of));
  }

  private static FeatureExplanation explained(String name, Map<String, FeatureExplanation> byName) {
    FeatureExplanation explanation = byName.get(name);
    if (explanation == null) {
      throw new IllegalStateException("feature '" + name + "' is read before it is there");
    }
    return explanation;
  }
}
