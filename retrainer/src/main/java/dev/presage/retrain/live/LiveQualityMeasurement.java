package dev.presage.retrain.live;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.TargetTimes;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Joins served scores with what the history says of the time after them. */
public final class LiveQualityMeasurement {
  private final ServedScores scores;
  private final History history;

  /** Measures scores against a history. */
  public LiveQualityMeasurement(ServedScores scores, History history) {
    this.scores = scores;
    this.history = history;
  }

  /**
   * Measures the scores of a trait. Memory grows with the number of scores in the range.
   *
   * @param from earliest as-of time, inclusive, milliseconds since the epoch
   * @param until latest as-of time, exclusive
   */
  public LiveQuality measure(Trait trait, long from, long until) {
    List<ServedScore> served = scores.of(trait.name(), from, until);
    Outcomes outcomes = new Outcomes(trait, served);
    history.replay(outcomes);
    List<ServedScore> closed =
        served.stream()
            .filter(it -> it.asOf() + trait.horizonMillis() <= outcomes.newestEvent)
            .toList();
    double[] modelScores = closed.stream().mapToDouble(ServedScore::score).toArray();
    double[] baselineScores = closed.stream().mapToDouble(ServedScore::baselineScore).toArray();
    boolean[] positive = new boolean[closed.size()];
    TreeSet<String> features = new TreeSet<>();
    for (int row = 0; row < positive.length; row++) {
      ServedScore score = closed.get(row);
      positive[row] =
          outcomes.targetsOf(score.profileId()).happenedWithin(score.asOf(), trait.horizonMillis());
      features.add(score.baselineFeature());
    }
    return new LiveQuality(
        trait.name(),
        served.size() - closed.size(),
        Evaluation.of(modelScores, positive),
        String.join(", ", features),
        Evaluation.of(baselineScores, positive));
  }

  private static final class Outcomes implements HistoryVisitor {
    private final Trait trait;
    private final Map<String, TargetTimes> targets = new HashMap<>();
    private long newestEvent = Long.MIN_VALUE;

    Outcomes(Trait trait, List<ServedScore> served) {
      this.trait = trait;
      for (ServedScore score : served) {
        targets.putIfAbsent(score.profileId(), new TargetTimes());
      }
    }

    TargetTimes targetsOf(String profileId) {
      return targets.computeIfAbsent(profileId, id -> new TargetTimes());
    }

    @Override
    public void event(String profileId, Event event) {
      if (!FeatureEngine.isEventTime(event.getOccurredAt())) {
        // Not applied by the stream either; one far ahead would close horizons that are open.
        return;
      }
      long time = event.getOccurredAt().toEpochMilli();
      newestEvent = Math.max(newestEvent, time);
      TargetTimes known = targets.get(profileId);
      if (known != null && trait.isTarget(event)) {
        known.add(time);
      }
    }

    @Override
    public void endPartition() {
      // Scores are of all partitions, so nothing can be forgotten.
    }

    @Override
    public void progress(long read, long all) {
      // A measurement is short and nobody watches it.
    }
  }
}
