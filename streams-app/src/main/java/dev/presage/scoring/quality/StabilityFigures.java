package dev.presage.scoring.quality;

import dev.presage.model.population.ReferenceBins;
import dev.presage.model.population.ReferencePopulation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far what is served has moved away from training: population stability indices, 0 where they
 * have not.
 *
 * @param examples how many they are of
 * @param scores that of the scores
 * @param features that of each feature by its name, in the order of the vector
 */
public record StabilityFigures(long examples, double scores, Map<String, Double> features) {
  /** Of fewer examples chance alone gives about 0.1, which is read as a sign of drift. */
  static final int LEAST = 100;

  public StabilityFigures {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
  }

  /**
   * The figures of examples.
   *
   * @param names of the features, in the order of the vector
   * @return null where there are fewer than {@value #LEAST} examples with such a vector
   */
  static @Nullable StabilityFigures of(
      List<String> names, ReferencePopulation reference, List<ServedExample> examples) {
    List<ServedExample> fitting =
        examples.stream().filter(it -> it.features() == names.size()).toList();
    if (fitting.size() < LEAST) {
      return null;
    }
    Map<String, Double> features = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int feature = i;
      features.put(
          names.get(feature),
          index(reference.features().get(feature), fitting, it -> it.value(feature)));
    }
    return new StabilityFigures(
        fitting.size(), index(reference.scores(), fitting, ServedExample::score), features);
  }

  private static double index(
      ReferenceBins bins, List<ServedExample> examples, ToDoubleFunction<ServedExample> number) {
    long[] counts = new long[bins.count()];
    for (ServedExample example : examples) {
      counts[bins.bin(number.applyAsDouble(example))]++;
    }
    return bins.stabilityIndex(counts);
  }
}
