package dev.presage.retrain.runs;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.rows.Parity;
import dev.presage.retrain.rows.ParityResult;
import dev.presage.retrain.rows.ServedVectors;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a run holds its rows against what was served.
 *
 * @param policy what it does where they differ
 * @param served where to find what was served
 */
public record ParityCheck(ParityPolicy policy, ServedVectors served) {
  /** Compares nothing. */
  public static final ParityCheck OFF = new ParityCheck(ParityPolicy.OFF, ServedVectors.NONE);

  private static final Logger log = LoggerFactory.getLogger(ParityCheck.class);

  /** Reads what was served; before the history, so that what is served meanwhile is not missed. */
  Parity begin(FeatureEngine engine) {
    return new Parity(
        engine, policy == ParityPolicy.OFF ? List.of() : served.of(engine.schema().fingerprint()));
  }

  /**
   * Judges what came of it.
   *
   * @throws ParityException when there is a difference that the run is to fail of
   */
  void judge(String trait, ParityResult result) {
    if (!result.holds()) {
      if (policy == ParityPolicy.FAIL) {
        throw new ParityException(result);
      }
      log.warn("The rows of trait {} are not what was served: {}", trait, result.words());
    }
  }

  /** For the lineage. */
  String words(ParityResult result) {
    return policy == ParityPolicy.OFF ? "not looked at" : result.words();
  }
}
