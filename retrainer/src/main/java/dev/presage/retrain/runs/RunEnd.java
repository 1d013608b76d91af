package dev.presage.retrain.runs;

import dev.presage.retrain.schedule.Gain;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param reason why it ended as it did
 * @param insufficientData true: it was held as there was too little to train on
 * @param modelVersion the version that was published, to score or as a candidate that does not;
 *     null where none was
 * @param gain what it brought
 * @param report what was found out; null where it did not come to that, and after a restart
 */
public record RunEnd(
    String reason,
    boolean insufficientData,
    @Nullable String modelVersion,
    Gain gain,
    @Nullable TrainingReport report) {

  static RunEnd of(TrainingOutcome outcome) {
    return switch (outcome) {
      case TrainingOutcome.Published it ->
          new RunEnd(
              it.decision().reason(),
              false,
              it.modelVersion(),
              it.report().judged().gain(),
              it.report());
      case TrainingOutcome.Held it ->
          new RunEnd(it.decision().reason(), false, it.modelVersion(), Gain.LITTLE, it.report());
      case TrainingOutcome.InsufficientData it ->
          new RunEnd("Not enough data: " + it.reason(), true, null, Gain.UNKNOWN, null);
    };
  }

  RunEnd amended(String sentence) {
    return new RunEnd(reason + "; " + sentence, insufficientData, modelVersion, gain, report);
  }

  static RunEnd without(String reason) {
    return new RunEnd(reason, false, null, Gain.UNKNOWN, null);
  }
}
