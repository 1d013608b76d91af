package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.model.LoadedModel;
import dev.presage.model.calibration.Bands;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.profile.PublishedTrait.Outcomes;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ExampleDraw;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.SegmentDecision;
import dev.presage.scoring.rules.Segmentation;
import dev.presage.scoring.rules.TraitModel;
import dev.presage.scoring.rules.TraitModels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores a profile by every trait that it is eligible for and that has a model, on one vector and
 * one snapshot of the rules, and decides what goes out. Shadows are scored and never sent. Segments
 * are decided before the updates are sent, because a change of segment sends the traits that it was
 * decided by.
 */
final class ProfileScorer {
  private final FeatureEngine engine;
  private final Population population;
  private final int features;
  private final double[] vector;
  private double[] slots;

  ProfileScorer(FeatureEngine engine, Population population) {
    this.engine = engine;
    this.population = population;
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
    if (rules.traits().isEmpty() && rules.segmentations().isEmpty() && rules.triggers().isEmpty()) {
      return;
    }
    long asOfMillis = profile.asOfMillis();
    fillSlots(profile.features(), asOfMillis, rules.slots());
    Moment moment = new Moment(profileId, cause, eventId, asOfMillis);
    for (ActiveTrait trait : rules.traits()) {
      if (trait.isEligible(slots)) {
        score(trait, moment, effects);
      }
    }
    List<SegmentChange> changes = segmentChanges(profile, moment, rules, effects);
    double draw = ExampleDraw.of(profileId, eventId, asOfMillis);
    for (ActiveTrait trait : rules.traits()) {
      double score = slots[trait.slot()];
      if (!Double.isNaN(score)) {
        boolean decides = decides(trait, changes, rules);
        TraitUpdate update = updateIfMoved(profile, trait, score, decides, moment, effects);
        if (update != null) {
          effects.traitUpdate(update);
          rules.triggers().traitUpdated(update, slots, effects);
        }
        keepExample(profile, trait, score, draw, moment, rules, effects);
      }
    }
    for (SegmentChange change : changes) {
      effects.segmentChange(change);
      rules.triggers().segmentChanged(change, slots, effects);
    }
  }

  /**
   * Scores a silent profile as of the rung that it has reached.
   *
   * @param fromMillis how long it had been silent when it was scored before
   */
  void scoreSilent(
      String profileId, Profile profile, long fromMillis, ScoringRules rules, Effects effects) {
    score(profileId, profile, Cause.SILENCE, null, rules, effects);
    long asOfMillis = profile.asOfMillis();
    rules
        .triggers()
        .silent(
            profileId,
            fromMillis,
            asOfMillis - profile.features().newestEventMillis(),
            Instant.ofEpochMilli(asOfMillis),
            slots,
            effects);
  }

  /**
   * The time of a profile has come further, and it was scored: dates that it passed set triggers
   * off.
   *
   * @param fromMillis how far it had come before
   * @param dueBefore when each date was due before; null where none was left in between
   */
  void passDates(
      String profileId,
      Profile profile,
      long fromMillis,
      Cause cause,
      @Nullable String eventId,
      long @Nullable [] dueBefore,
      ScoringRules rules,
      Effects effects) {
    if (rules.triggers().dates() > 0 && profile.isAlive()) {
      rules
          .triggers()
          .datesPassed(
              profileId,
              fromMillis,
              Instant.ofEpochMilli(profile.asOfMillis()),
              cause,
              eventId,
              dueBefore,
              slots,
              effects);
    }
  }

  /**
   * Takes back what was published of a profile that is none any more.
   *
   * @param areExamplesWithdrawn whether its training examples are taken back, too
   */
  void withdraw(
      String profileId,
      Profile profile,
      Cause cause,
      String why,
      Instant at,
      boolean areExamplesWithdrawn,
      ScoringRules rules,
      Effects effects) {
    Moment moment = new Moment(profileId, cause, null, at.toEpochMilli());
    for (PublishedTrait trait : profile.traits()) {
      if (!trait.isWithdrawn()) {
        effects.traitWithdrawn(profileId, trait.traitId());
      }
      effects.valueMoved(profileId, trait.traitId(), trait.lastValue(), Double.NaN);
      if (areExamplesWithdrawn) {
        effects.examplesWithdrawn(profileId, trait.traitId(), trait.outcomes().examples());
      }
    }
    for (PublishedSegment segment : profile.segments()) {
      effects.segmentLeft(profileId, segment.segmentationId(), segment.segmentId());
    }
    for (Segmentation segmentation : rules.segmentations()) {
      PublishedSegment current = profile.segment(segmentation.id());
      if (current != null) {
        effects.segmentChange(left(segmentation, current, why, moment));
      }
    }
    if (profile.nextLabelMillis() != Profile.NO_LABEL) {
      // Nobody will see here what comes of them.
      effects.label(profileId, Long.MAX_VALUE, (example, targetsBefore) -> null);
    }
  }

  private static SegmentChange left(
      Segmentation segmentation, PublishedSegment current, String why, Moment moment) {
    return new SegmentChange(
        segmentation.name(),
        moment.profileId(),
        segmentation.entityType(),
        segmentation.segmentName(current.segmentId()),
        null,
        why,
        Map.of(),
        moment.cause(),
        moment.asOf(),
        null);
  }

  private void score(ActiveTrait trait, Moment moment, Effects effects) {
    TraitModels models = trait.models();
    TraitModel canary = models.canary(moment.profileId());
    TraitModel serving = canary == null ? models.live() : canary;
    double score = Double.NaN;
    if (serving != null) {
      score = serving.predict(vector);
      slots[trait.slot()] = score;
      slots[trait.percentileSlot()] = population.percentile(trait.name(), score);
      effects.scored(trait.name());
    }
    if (canary != null || !models.shadows().isEmpty()) {
      challenge(models, canary, score, effects);
    }
  }

  private void challenge(
      TraitModels models, @Nullable TraitModel canary, double score, Effects effects) {
    TraitModel serving = models.live();
    LoadedModel live = serving == null ? null : serving.model();
    double liveScore = score;
    if (canary != null) {
      liveScore = serving == null ? Double.NaN : serving.predict(vector);
      effects.challenged(canary.model(), score, live, liveScore);
    }
    for (TraitModel shadow : models.shadows()) {
      effects.challenged(shadow.model(), shadow.predict(vector), live, liveScore);
    }
  }

  private void fillSlots(ProfileState state, long asOfMillis, int length) {
    if (slots.length != length) {
      slots = new double[length];
    }
    engine.vector(state, asOfMillis, vector);
    System.arraycopy(vector, 0, slots, 0, features);
    Arrays.fill(slots, features, slots.length, Double.NaN);
  }

  private void keepExample(
      Profile profile,
      ActiveTrait trait,
      double score,
      double draw,
      Moment moment,
      ScoringRules rules,
      Effects effects) {
    if (!trait.isExample(draw)) {
      return;
    }
    TraitModel model = trait.models().serving(moment.profileId());
    PublishedTrait published = profile.trait(trait.id());
    if (model == null || published == null) {
      return;
    }
    Outcomes outcomes = published.outcomes().exampleSent();
    profile.publish(published.with(outcomes));
    long labelMillis = moment.asOfMillis() + trait.definition().getHorizonMillis();
    if (profile.nextLabelMillis() == Profile.NO_LABEL || labelMillis < profile.nextLabelMillis()) {
      profile.nextLabel(labelMillis);
    }
    effects.example(
        example(trait, model, score, moment, rules),
        outcomes.examples(),
        labelMillis,
        outcomes.targets());
  }

  private TrainingExample example(
      ActiveTrait trait, TraitModel model, double score, Moment moment, ScoringRules rules) {
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

  private List<SegmentChange> segmentChanges(
      Profile profile, Moment moment, ScoringRules rules, Effects effects) {
    List<SegmentChange> changes = List.of();
    for (Segmentation segmentation : rules.segmentations()) {
      PublishedSegment current = profile.segment(segmentation.id());
      SegmentDecision decision = segmentation.decide(current, slots, moment.asOfMillis());
      if (decision.outcome() != SegmentDecision.Outcome.ENTERS) {
        continue;
      }
      profile.enter(
          new PublishedSegment(segmentation.id(), decision.segmentId(), moment.asOfMillis()));
      if (current != null) {
        effects.segmentLeft(moment.profileId(), segmentation.id(), current.segmentId());
      }
      effects.segmentEntered(moment.profileId(), segmentation.id(), decision.segmentId());
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
              segmentation.values(current, decision, slots),
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

  private @Nullable TraitUpdate updateIfMoved(
      Profile profile,
      ActiveTrait trait,
      double score,
      boolean decidedSegment,
      Moment moment,
      Effects effects) {
    TraitModel model = trait.models().serving(moment.profileId());
    if (model == null) {
      return null;
    }
    PublishedTrait last = profile.trait(trait.id());
    TraitDefinition definition = trait.definition();
    double percentile = definition.getRanked() ? slots[trait.percentileSlot()] : Double.NaN;
    Bands bands = model.model().bands();
    boolean moved =
        last == null
            || decidedSegment
            || moment.cause() == Cause.MERGE
            || last.modelId() != model.id()
            || Math.abs(score - last.value()) > definition.getTolerance()
            || (definition.getRanked() && Ranks.hasLeftBand(bands, last, score, percentile));
    if (!moved) {
      return null;
    }
    long revision = last == null ? 1 : last.revision() + 1;
    profile.publish(
        new PublishedTrait(
            trait.id(),
            score,
            revision,
            model.id(),
            moment.asOfMillis(),
            Ranks.bandNumber(percentile),
            last == null ? Outcomes.NONE : last.outcomes()));
    effects.valueMoved(
        moment.profileId(), trait.id(), last == null ? Double.NaN : last.lastValue(), score);
    return new TraitUpdate(
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
        Double.isNaN(percentile) ? null : percentile,
        Ranks.band(bands, score, percentile),
        model.reasons(vector, score),
        definition.getUsageNote());
  }

  /** When and why a profile is scored. */
  private record Moment(String profileId, Cause cause, @Nullable String eventId, long asOfMillis) {
    Instant asOf() {
      return Instant.ofEpochMilli(asOfMillis);
    }
  }
}
