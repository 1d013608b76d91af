package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.Segmentation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores a profile by every live trait that it is eligible for, on one vector and one snapshot of
 * the rules, and decides what goes out. Segments are decided before the updates are sent, because a
 * change of segment sends the traits that it was decided by.
 */
final class ProfileScorer {
  private final FeatureEngine engine;
  private final int features;
  private final double[] vector;
  private double[] slots;

  ProfileScorer(FeatureEngine engine) {
    this.engine = engine;
    this.features = engine.schema().names().size();
    this.vector = new double[features];
    this.slots = new double[features];
  }

  void score(
      String profileId,
      Profile profile,
      Cause cause,
      @Nullable String eventId,
      ScoringRules rules,
      Effects effects) {
    if (rules.traits().isEmpty() && rules.segmentations().isEmpty()) {
      return;
    }
    long asOfMillis = profile.features().newestEventMillis();
    fillSlots(profile.features(), asOfMillis, rules.slots());
    Moment moment = new Moment(profileId, cause, eventId, asOfMillis);
    for (ActiveTrait trait : rules.traits()) {
      LoadedModel model = trait.model();
      if (model != null && trait.isEligible(slots)) {
        double score = model.predictor().predict(vector);
        slots[trait.slot()] = score;
        effects.scored(trait.name());
        if (trait.isExample(profileId, eventId, asOfMillis)) {
          effects.example(example(trait, model, score, moment, rules));
        }
      }
    }
    List<SegmentChange> changes = segmentChanges(profile, moment, rules);
    for (ActiveTrait trait : rules.traits()) {
      double score = slots[trait.slot()];
      if (!Double.isNaN(score)) {
        updateIfMoved(profile, trait, score, decides(trait, changes, rules), moment, effects);
      }
    }
    changes.forEach(effects::segmentChange);
  }

  private void fillSlots(ProfileState state, long asOfMillis, int length) {
    if (slots.length != length) {
      slots = new double[length];
    }
    engine.vector(state, asOfMillis, vector);
    System.arraycopy(vector, 0, slots, 0, features);
    Arrays.fill(slots, features, slots.length, Double.NaN);
  }

  private TrainingExample example(
      ActiveTrait trait, LoadedModel model, double score, Moment moment, ScoringRules rules) {
    List<Double> row = new ArrayList<>(features);
    for (double value : vector) {
      row.add(value);
    }
    return new TrainingExample(
        trait.name(),
        moment.profileId(),
        moment.asOf(),
        moment.eventId(),
        moment.cause(),
        rules.schema().fingerprint(),
        row,
        model.version(),
        score,
        null);
  }

  private List<SegmentChange> segmentChanges(Profile profile, Moment moment, ScoringRules rules) {
    List<SegmentChange> changes = List.of();
    for (Segmentation segmentation : rules.segmentations()) {
      if (!segmentation.isDecidable(slots)) {
        continue;
      }
      PublishedSegment current = profile.segment(segmentation.id());
      if (current != null && segmentation.stays(current.segmentId(), slots)) {
        continue;
      }
      Segmentation.Decision decision = segmentation.enter(slots);
      if (current != null && current.segmentId() == decision.segmentId()) {
        continue;
      }
      profile.enter(
          new PublishedSegment(segmentation.id(), decision.segmentId(), moment.asOfMillis()));
      if (changes.isEmpty()) {
        changes = new ArrayList<>();
      }
      changes.add(
          new SegmentChange(
              segmentation.name(),
              moment.profileId(),
              segmentation.entityType(),
              current == null ? null : segmentation.segmentName(current.segmentId()),
              decision.segment(),
              decision.rule(),
              segmentation.values(slots),
              moment.cause(),
              moment.asOf(),
              moment.eventId()));
    }
    return changes;
  }

  private static boolean decides(
      ActiveTrait trait, List<SegmentChange> changes, ScoringRules rules) {
    for (SegmentChange change : changes) {
      for (Segmentation segmentation : rules.segmentations()) {
        if (segmentation.name().equals(change.getSegmentation()) && segmentation.reads(trait)) {
          return true;
        }
      }
    }
    return false;
  }

  private void updateIfMoved(
      Profile profile,
      ActiveTrait trait,
      double score,
      boolean decidedSegment,
      Moment moment,
      Effects effects) {
    PublishedTrait last = profile.trait(trait.id());
    TraitDefinition definition = trait.definition();
    boolean moved =
        last == null
            || decidedSegment
            || last.modelId() != trait.modelId()
            || Math.abs(score - last.value()) > definition.getTolerance();
    LoadedModel model = trait.model();
    if (!moved || model == null) {
      return;
    }
    long revision = last == null ? 1 : last.revision() + 1;
    profile.publish(
        new PublishedTrait(trait.id(), score, revision, trait.modelId(), moment.asOfMillis()));
    effects.traitUpdate(
        new TraitUpdate(
            trait.name(),
            moment.profileId(),
            definition.getEntityType(),
            score,
            last == null ? null : last.value(),
            revision,
            moment.cause(),
            model.version(),
            moment.asOf(),
            moment.eventId(),
            null,
            null,
            trait.reasons(vector, score),
            definition.getUsageNote()));
  }

  /** When and why a profile is scored. */
  private record Moment(String profileId, Cause cause, @Nullable String eventId, long asOfMillis) {
    Instant asOf() {
      return Instant.ofEpochMilli(asOfMillis);
    }
  }
}
