package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import java.util.List;

/**
 * Everything that an event is scored by: one immutable snapshot, read once an event.
 *
 * @param schema order of the features
 * @param slots length of the arrays that expressions read: features, then traits, then their
 *     percentiles
 * @param traits the traits that are in effect, those without a model included
 * @param segmentations the segmentations that are in effect
 * @param problems what is wrong with definitions that are refused, for people
 */
public record ScoringRules(
    FeatureSchema schema,
    int slots,
    List<ActiveTrait> traits,
    List<Segmentation> segmentations,
    List<String> problems) {

  public ScoringRules {
    traits = List.copyOf(traits);
    segmentations = List.copyOf(segmentations);
    problems = List.copyOf(problems);
  }

  /** Rules without any definition. */
  public static ScoringRules none(FeatureSchema schema) {
    return new ScoringRules(schema, schema.names().size(), List.of(), List.of(), List.of());
  }
}
