package dev.presage.scoring.rules;

import dev.presage.model.LoadedModel;
import dev.presage.model.contribution.Contributions;
import dev.presage.schemas.avro.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the features that contributed most to a score. Thread-safe. */
final class Reasons {
  private static final int NOBODY = -1;

  private final int most;
  private final List<String> names;
  private final Contributions contributions;

  private Reasons(int most, List<String> names, Contributions contributions) {
    this.most = most;
    this.names = names;
    this.contributions = contributions;
  }

  /**
   * Prepares a model's reasons.
   *
   * @param most how many features to name at most
   * @return null where none are asked for, or the model cannot tell
   */
  static @Nullable Reasons of(int most, @Nullable LoadedModel model) {
    if (most == 0 || model == null) {
      return null;
    }
    Contributions contributions = model.predictor().contributions();
    return contributions == null ? null : new Reasons(most, model.features(), contributions);
  }

  /**
   * The features by absolute contribution, the greatest first, equals by name; those that
   * contributed nothing are left out.
   *
   * @param score what the model made of the vector: of several classes the number of one
   */
  List<Reason> of(double[] vector, double score) {
    double[] contributed = new double[vector.length];
    contributions.write(contributions.outputs() == 1 ? 0 : (int) score, vector, contributed);
    List<Reason> reasons = new ArrayList<>();
    while (reasons.size() < most) {
      int next = greatest(contributed);
      if (next == NOBODY) {
        break;
      }
      reasons.add(new Reason(names.get(next), vector[next], contributed[next]));
      contributed[next] = 0;
    }
    return reasons;
  }

  private int greatest(double[] contributed) {
    int greatest = NOBODY;
    for (int i = 0; i < contributed.length; i++) {
      if (contributed[i] != 0 && (greatest == NOBODY || isBefore(i, greatest, contributed))) {
        greatest = i;
      }
    }
    return greatest;
  }

  private boolean isBefore(int one, int other, double[] contributed) {
    int bySize = Double.compare(Math.abs(contributed[other]), Math.abs(contributed[one]));
    return bySize == 0 ? names.get(one).compareTo(names.get(other)) < 0 : bySize < 0;
  }
}
