package dev.presage.scoring.quality;

import dev.presage.schemas.avro.TraitKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores beside what really happened. What cannot be told is NaN.
 *
 * @param labelled number of examples
 * @param meanScore of them
 * @param meanLabel of them: of a likelihood the share of positives
 * @param logLoss of a likelihood: mean negative log likelihood in nats, scores clipped to [1e-15, 1
 *     − 1e-15]
 * @param auc of a likelihood: area under the receiver operating characteristic, ties counting half;
 *     NaN unless there are both positives and negatives
 * @param meanAbsoluteError of a value
 * @param rootMeanSquaredError of a value
 * @param calibration by tenths of the score, the lowest first
 */
public record OutcomeFigures(
    long labelled,
    double meanScore,
    double meanLabel,
    double logLoss,
    double auc,
    double meanAbsoluteError,
    double rootMeanSquaredError,
    List<Decile> calibration) {
  private static final double CLIP = 1e-15;
  private static final int DECILES = 10;

  public OutcomeFigures {
    calibration = List.copyOf(calibration);
  }

  /**
   * A tenth of the examples by score. Those of equal score share the decile of their mean rank, so
   * that one can be without examples.
   *
   * @param decile from 1 to 10
   * @param examples at least 1
   * @param meanScore of them
   * @param meanLabel of them
   */
  public record Decile(int decile, long examples, double meanScore, double meanLabel) {}

  /**
   * @param scores none of which is NaN
   * @param labels as many, none of which is NaN; of a likelihood positive where the target happened
   */
  static OutcomeFigures of(TraitKind kind, double[] scores, double[] labels) {
    boolean isLikelihood = kind == TraitKind.LIKELIHOOD;
    boolean isValue = kind == TraitKind.VALUE;
    double[] ranks = Ranks.of(scores);
    return new OutcomeFigures(
        scores.length,
        mean(scores),
        mean(labels),
        isLikelihood ? logLoss(scores, labels) : Double.NaN,
        isLikelihood ? auc(ranks, labels) : Double.NaN,
        isValue ? meanPower(scores, labels, 1) : Double.NaN,
        isValue ? Math.sqrt(meanPower(scores, labels, 2)) : Double.NaN,
        deciles(ranks, scores, labels));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** NaN, too, where a score is no likelihood. */
  private static double logLoss(double[] scores, double[] labels) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= 0 && scores[i] <= 1)) {
        return Double.NaN;
      }
      double score = Math.clamp(scores[i], CLIP, 1 - CLIP);
      sum -= labels[i] > 0 ? Math.log(score) : Math.log1p(-score);
    }
    return sum / scores.length;
  }

  /** By the rank sum of Mann and Whitney (1947). */
  private static double auc(double[] ranks, double[] labels) {
    double rankSum = 0;
    double positives = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (labels[i] > 0) {
        rankSum += ranks[i];
        positives++;
      }
    }
    double negatives = ranks.length - positives;
    return positives == 0 || negatives == 0
        ? Double.NaN
        : (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  private static double meanPower(double[] scores, double[] labels, int power) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      sum += Math.pow(Math.abs(scores[i] - labels[i]), power);
    }
    return sum / scores.length;
  }

  private static List<Decile> deciles(double[] ranks, double[] scores, double[] labels) {
    long[] counts = new long[DECILES];
    double[] sumsOfScores = new double[DECILES];
    double[] sumsOfLabels = new double[DECILES];
    for (int i = 0; i < ranks.length; i++) {
      int decile = (int) ((ranks[i] - 0.5) * DECILES / ranks.length);
      counts[decile]++;
      sumsOfScores[decile] += scores[i];
      sumsOfLabels[decile] += labels[i];
    }
    List<Decile> deciles = new ArrayList<>();
    for (int i = 0; i < DECILES; i++) {
      if (counts[i] > 0) {
        double count = counts[i];
        deciles.add(new Decile(i + 1, counts[i], sumsOfScores[i] / count, sumsOfLabels[i] / count));
      }
    }
    return deciles;
  }
}
