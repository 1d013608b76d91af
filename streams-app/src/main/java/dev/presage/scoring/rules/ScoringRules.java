package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.scoring.trigger.Triggers;
import java.util.List;

/**
 * Everything that an event is scored by: one immutable snapshot, read once an event.
 *
 * @param schema order of the features
 * @param slots length of the arrays that expressions read: features, then traits
 * @param traits the traits, those without a model included
 * @param segmentations the segmentations that could be compiled
 * @param triggers the triggers that could be compiled
 * @param problems what is wrong with definitions that are left out, for people
 */
public record ScoringRules(
    FeatureSchema schema,
    int slots,
    List<ActiveTrait> traits,
    List<Segmentation> segmentations,
    Triggers triggers,
    List<String> problems) {

  public ScoringRules {
    traits = List.copyOf(traits);
    segmentations = List.copyOf(segmentations);
    problems = List.copyOf(problems);
  }

  /** Rules without any definition. */
  public static ScoringRules none(FeatureSchema schema) {
    return new ScoringRules(
        schema, schema.names().size(), List.of(), List.of(), Triggers.NONE, List.of());
  }
}
