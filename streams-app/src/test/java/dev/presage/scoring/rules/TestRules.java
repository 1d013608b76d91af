package dev.presage.scoring.rules;

import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.TestFeatures;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Definitions over a few features, and the book that compiles them. */
final class TestRules {
  private TestRules() {}

  static RuleBook book() {
    FeatureSchema schema = new FeatureEngine(TestFeatures.declarations()).schema();
    return new RuleBook(
        schema, new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint()));
  }

  static TraitDefinition trait(String name) {
    return TraitDefinition.newBuilder()
        .setTrait(name)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(30).toMillis())
        .build();
  }

  static SegmentDefinition segmentation(String name, Duration dwell, Segment... segments) {
    return new SegmentDefinition(name, "customer", "", List.of(segments), dwell.toMillis());
  }

  static Segment segment(String name, String enter, @Nullable String stay) {
    return new Segment(name, enter, stay);
  }

  static Segment rest(String name) {
    return new Segment(name, "true", null);
  }

  /** The values that rules read, all missing. */
  static double[] slots(ScoringRules rules) {
    double[] slots = new double[rules.slots()];
    Arrays.fill(slots, Double.NaN);
    return slots;
  }
}
