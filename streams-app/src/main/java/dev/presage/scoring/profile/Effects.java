package dev.presage.scoring.profile;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyOutcome;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.trigger.CandidateSink;
import org.jspecify.annotations.Nullable;

/** What a profile sends out while a record is folded into it. */
public interface Effects extends CandidateSink {
  /** A trait has a new value. */
  void traitUpdate(TraitUpdate update);

  /** The profile moved from one segment to another. */
  void segmentChange(SegmentChange change);

  /**
   * A vector as served, with its score; to be kept until it can be labelled.
   *
   * @param number of the example among those of the profile and the trait, from 1
   * @param labelMillis when its horizon is over
   * @param targetsBefore how often the target had happened
   */
  void example(TrainingExample example, long number, long labelMillis, long targetsBefore);

  /**
   * The horizons of examples are over: they go out again, with their labels.
   *
   * @param untilMillis the latest end of a horizon
   * @return when the next example can be labelled; {@link Long#MAX_VALUE} where none waits
   */
  long label(String profileId, long untilMillis, Labels labels);

  /** Says what happened after an example. */
  @FunctionalInterface
  interface Labels {
    /** The label; null where nobody can know it. */
    @Nullable Double of(TrainingExample example, long targetsBefore);
  }

  /** Examples of a profile must not be kept any longer; those that wait are forgotten. */
  void examplesWithdrawn(String profileId, int traitId, long examples);

  /**
   * A canary or a shadow scored the same vector as the live model.
   *
   * @param live the live model; null where there is none
   * @param liveScore what it said; NaN where there is none
   */
  void challenged(
      LoadedModel challenger, double score, @Nullable LoadedModel live, double liveScore);

  /** The last value of a trait does not hold any more, as there is no such profile any more. */
  void traitWithdrawn(String profileId, int traitId);

  /** Something follows for another profile, or for this one under another ID. */
  void toLog(String profileId, ProfileLogRecord entry);

  /**
   * A privacy command was carried out.
   *
   * @param ids how many IDs it concerned
   */
  void acknowledged(String requestId, PrivacyAction action, PrivacyOutcome outcome, int ids);

  /**
   * What was last published of a trait is another value now.
   *
   * @param from NaN where there was none
   * @param to NaN where there is none any more
   */
  void valueMoved(String profileId, int traitId, double from, double to);

  /** A profile has entered a segment. */
  void segmentEntered(String profileId, int segmentationId, int segmentId);

  /** A profile has left a segment. */
  void segmentLeft(String profileId, int segmentationId, int segmentId);

  /** A trait was scored, whether or not an update went out. */
  void scored(String trait);
}
