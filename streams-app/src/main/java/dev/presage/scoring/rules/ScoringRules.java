package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.features.expression.Scope;
import dev.presage.scoring.trigger.Triggers;
import java.util.List;

/**
 * Everything that an event is scored by: one immutable snapshot, read once an event.
 *
 * @param schema order of the features
 * @param scope where expressions find their values
 * @param slots length of the arrays that expressions read: features, then traits, then their
 *     percentiles
 * @param traits the traits that are in effect, those without a model included
 * @param segmentations the segmentations that are in effect
 * @param triggers the triggers that are in effect
 * @param problems what is wrong with definitions that are refused, for people
 * @param contentHash the same for rules that decide the same, on every instance and after a restart
 */
public record ScoringRules(
    FeatureSchema schema,
    Scope scope,
    int slots,
    List<ActiveTrait> traits,
    List<Segmentation> segmentations,
    Triggers triggers,
    List<String> problems,
    long contentHash) {

  public ScoringRules {
    traits = List.copyOf(traits);
    segmentations = List.copyOf(segmentations);
    problems = List.copyOf(problems);
  }

  /** Rules whose content hash follows from their content. */
  static ScoringRules of(
      FeatureSchema schema,
      Slots slots,
      List<ActiveTrait> traits,
      List<Segmentation> segmentations,
      Triggers triggers,
      List<String> problems) {
    return new ScoringRules(
        schema,
        slots,
        slots.count(),
        traits,
        segmentations,
        triggers,
        problems,
        ContentHash.of(traits, segmentations, triggers));
  }

  /** Rules without any definition. */
  public static ScoringRules none(FeatureSchema schema) {
    Slots slots = new Slots(schema.names(), List.of());
    return of(schema, slots, List.of(), List.of(), Triggers.NONE, List.of());
  }
}
