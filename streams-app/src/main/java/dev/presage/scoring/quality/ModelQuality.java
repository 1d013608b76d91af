package dev.presage.scoring.quality;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/** Measures the models of all traits now and then, and knows what was measured last. */
public final class ModelQuality {
  private final Challengers challengers;
  private final ServedExamples examples;
  private final DoubleFunction<String> percentileBands;
  private final Supplier<Map<String, MeasuredTrait>> traits;
  private volatile SortedMap<String, TraitFigures> last = Collections.emptySortedMap();

  /**
   * @param percentileBands the name of the band of a percentile, 0 to 100
   * @param traits those that are in effect now, by name
   */
  public ModelQuality(
      Challengers challengers,
      ServedExamples examples,
      DoubleFunction<String> percentileBands,
      Supplier<Map<String, MeasuredTrait>> traits) {
    this.challengers = challengers;
    this.examples = examples;
    this.percentileBands = percentileBands;
    this.traits = traits;
  }

  /**
   * Measures everything.
   *
   * @param areExamplesRead whether all examples have been read that there were at the start; before
   *     that the quality of versions is left out, as it is of a part of them
   * @return figures by the name of the trait; none of traits of which nothing is known
   */
  public SortedMap<String, TraitFigures> measure(boolean areExamplesRead) {
    Map<String, MeasuredTrait> now = traits.get();
    challengers.keepOnly(now.keySet());
    SortedMap<String, TraitFigures> figures = new TreeMap<>();
    for (MeasuredTrait trait : now.values()) {
      TraitFigures ofTrait =
          new TraitFigures(
              challengers.figures(trait, percentileBands),
              areExamplesRead ? examples.figures(trait) : List.of());
      if (!ofTrait.isEmpty()) {
        figures.put(trait.name(), ofTrait);
      }
    }
    last = Collections.unmodifiableSortedMap(figures);
    return last;
  }

  /** What was measured last of a trait; {@link TraitFigures#NONE} where nothing is known. */
  public TraitFigures of(String trait) {
    return last.getOrDefault(trait, TraitFigures.NONE);
  }
}
