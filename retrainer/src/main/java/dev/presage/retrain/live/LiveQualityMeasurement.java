package dev.presage.retrain.live;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.retrain.rows.Outcomes;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TraitKind;
import java.util.List;
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
   * Measures the scores of a trait. What was foretold of a profile that was absorbed later is
   * judged by what the profile that absorbed it did; scores of erased profiles are left out. Memory
   * grows with the number of scores in the range, and of times that the target happened in it.
   *
   * @param from earliest as-of time, inclusive, milliseconds since the epoch
   * @param until latest as-of time, exclusive
   */
  public LiveQuality measure(Trait trait, long from, long until) {
    List<ServedScore> served = scores.of(trait, from, until);
    long first = served.stream().mapToLong(ServedScore::asOf).min().orElse(0);
    long last = served.stream().mapToLong(ServedScore::asOf).max().orElse(0);
    Outcomes outcomes = new Outcomes(trait, first, last + trait.horizonMillis());
    history.replay(new Reading(outcomes));
    List<ServedScore> kept =
        served.stream().filter(it -> !outcomes.isErased(it.profileId(), it.asOf())).toList();
    List<ServedScore> over =
        kept.stream()
            .filter(it -> it.asOf() + trait.horizonMillis() <= outcomes.newestEventMillis())
            .toList();
    List<ServedScore> closed =
        over.stream()
            .filter(it -> !Double.isNaN(outcomes.of(it.profileId()).label(trait, it.asOf())))
            .toList();
    double[] modelScores = closed.stream().mapToDouble(ServedScore::score).toArray();
    double[] baselineScores = closed.stream().mapToDouble(ServedScore::baselineScore).toArray();
    double[] labels = new double[closed.size()];
    TreeSet<String> features = new TreeSet<>();
    for (int row = 0; row < labels.length; row++) {
      ServedScore score = closed.get(row);
      labels[row] = outcomes.of(score.profileId()).label(trait, score.asOf());
      features.add(score.baselineFeature());
    }
    return new LiveQuality(
        trait.name(),
        kept.size() - over.size(),
        evaluate(trait, modelScores, labels),
        String.join(", ", features),
        evaluate(trait, baselineScores, labels));
  }

  private static Evaluation evaluate(Trait trait, double[] scores, double[] labels) {
    if (trait.kind() == TraitKind.VALUE) {
      return Evaluation.ofAmounts(scores, labels);
    }
    boolean[] positive = new boolean[labels.length];
    for (int row = 0; row < labels.length; row++) {
      positive[row] = labels[row] > 0;
    }
    return Evaluation.of(scores, positive);
  }

  private record Reading(Outcomes outcomes) implements HistoryVisitor {
    @Override
    public void record(String profileId, ProfileLogRecord entry) {
      outcomes.add(profileId, entry);
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
