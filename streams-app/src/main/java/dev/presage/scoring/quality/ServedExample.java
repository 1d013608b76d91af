package dev.presage.scoring.quality;

import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.TrainingExample;
import java.util.List;

/** What is remembered of a training example. Nothing of it says whose it is. Immutable. */
final class ServedExample {
  private final long asOfMillis;
  private final boolean isAtEvent;
  private final double score;
  private final double label;
  private final double[] vector;

  ServedExample(TrainingExample example) {
    Double known = example.getLabel();
    List<Double> features = example.getFeatures();
    this.asOfMillis = example.getAsOf().toEpochMilli();
    this.isAtEvent = example.getCause() == Cause.EVENT;
    this.score = example.getScore();
    this.label = known == null ? Double.NaN : known;
    this.vector = new double[features.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = features.get(i);
    }
  }

  /** When its vector held. */
  long asOfMillis() {
    return asOfMillis;
  }

  /** Whether an event caused the score. */
  boolean isAtEvent() {
    return isAtEvent;
  }

  double score() {
    return score;
  }

  /** Whether it is known what really happened. */
  boolean isLabelled() {
    return !Double.isNaN(label);
  }

  /** What really happened; NaN while nobody knows. */
  double label() {
    return label;
  }

  /** How many features it has. */
  int features() {
    return vector.length;
  }

  /** A feature's value; NaN where it is missing. */
  double value(int feature) {
    return vector[feature];
  }
}
