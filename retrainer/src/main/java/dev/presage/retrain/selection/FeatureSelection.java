package dev.presage.retrain.selection;

import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.baseline.RankedFeature;
import dev.presage.retrain.baseline.Ranking;
import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.selection.DroppedFeature.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Divides features into those that models may use and those that are dropped. A feature is leaking
 * where it alone ranks both the earlier and the later rows, in the same direction or not, above a
 * bound that nothing honest reaches: by an area under the curve, and of amounts by their order,
 * too. It is looked at at event moments: what knew the outcome then is out of date at the next cut
 * time.
 *
 * @param kept places in the vector of the features that may be used, ascending
 * @param dropped the others, in the order of the vector
 */
public record FeatureSelection(List<Integer> kept, List<DroppedFeature> dropped) {
  public FeatureSelection {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
  }

  /**
   * Looks at every feature.
   *
   * @param scale what the trait is of, and by what a feature tells too much
   * @param names names of the features, in the order of the vector
   * @param train all training rows
   * @param earlier rows that models are fitted on while they are chosen
   * @param later rows that they are chosen by
   * @param leakAuc area under the curve above which a feature is leaking, in (0.5, 1]; 1: none is.
   *     Of amounts the normalised Gini may be as far from 1 as twice this
   */
  public static FeatureSelection of(
      Scale scale, List<String> names, Rows train, Rows earlier, Rows later, double leakAuc) {
    Rows earlierMoments = moments(earlier);
    Rows laterMoments = moments(later);
    List<Integer> kept = new ArrayList<>();
    List<DroppedFeature> dropped = new ArrayList<>();
    Map<Integer, List<Column>> seen = new HashMap<>();
    for (int feature = 0; feature < names.size(); feature++) {
      Column column = new Column(feature, floats(train.column(feature)));
      Optional<DroppedFeature> reason =
          constant(names.get(feature), column)
              .or(() -> duplicate(names, column, seen))
              .or(
                  () ->
                      leaking(scale, names, column.feature, earlierMoments, laterMoments, leakAuc));
      if (reason.isPresent()) {
        dropped.add(reason.get());
      } else {
        kept.add(feature);
      }
    }
    return new FeatureSelection(kept, dropped);
  }

  /**
   * The same without some more.
   *
   * @param names names of the features, in the order of the vector
   * @param forbidden names of those that no model may use; those that are dropped already keep
   *     their reasons
   * @param reason why not
   */
  public FeatureSelection without(List<String> names, Set<String> forbidden, String reason) {
    List<Integer> still = new ArrayList<>();
    List<DroppedFeature> all = new ArrayList<>(dropped);
    for (int feature : kept) {
      String name = names.get(feature);
      if (forbidden.contains(name)) {
        all.add(new DroppedFeature(name, Cause.FORBIDDEN, reason));
      } else {
        still.add(feature);
      }
    }
    all.sort(Comparator.comparingInt(it -> names.indexOf(it.name())));
    return new FeatureSelection(still, all);
  }

  private static Rows moments(Rows rows) {
    return rows.where(row -> rows.kind(row) == RowKind.MOMENT);
  }

  static boolean isConstant(double[] column) {
    for (double value : column) {
      if (Double.compare(value, column[0]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<DroppedFeature> constant(String name, Column column) {
    float first = column.values.length == 0 ? Float.NaN : column.values[0];
    for (float value : column.values) {
      if (Float.compare(value, first) != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new DroppedFeature(
            name,
            Cause.CONSTANT,
            Float.isNaN(first)
                ? "is missing in all %d training rows".formatted(column.values.length)
                : "is %s in all %d training rows".formatted(first, column.values.length)));
  }

  private static Optional<DroppedFeature> duplicate(
      List<String> names, Column column, Map<Integer, List<Column>> seen) {
    List<Column> alike =
        seen.computeIfAbsent(Arrays.hashCode(column.values), hash -> new ArrayList<>());
    for (Column other : alike) {
      if (Arrays.equals(column.values, other.values)) {
        return Optional.of(
            new DroppedFeature(
                names.get(column.feature),
                Cause.DUPLICATE,
                "equals %s in all %d training rows"
                    .formatted(names.get(other.feature), column.values.length)));
      }
    }
    alike.add(column);
    return Optional.empty();
  }

  private static Optional<DroppedFeature> leaking(
      Scale scale, List<String> names, int feature, Rows earlier, Rows later, double leakAuc) {
    for (Ranking ranking : scale.telltales()) {
      Optional<DroppedFeature> leaking =
          leaking(ranking, names.get(feature), feature, earlier, later, leakAuc);
      if (leaking.isPresent()) {
        return leaking;
      }
    }
    return Optional.empty();
  }

  private static Optional<DroppedFeature> leaking(
      Ranking ranking, String name, int feature, Rows earlier, Rows later, double leakAuc) {
    double before = separation(ranking, name, feature, earlier);
    double after = before > leakAuc ? separation(ranking, name, feature, later) : 0.5;
    if (!(before > leakAuc && after > leakAuc)) {
      return Optional.empty();
    }
    return Optional.of(
        new DroppedFeature(
            name,
            Cause.LEAKING,
            String.format(
                Locale.ROOT,
                "alone %s %.4f on %d rows and %.4f on %d later ones, above %s: it seems to know the"
                    + " outcome; raise presage.training.leak-auc if it is honest",
                ranking.words(),
                ranking.figure(before),
                earlier.size(),
                ranking.figure(after),
                later.size(),
                (float) ranking.figure(leakAuc))));
  }

  private static double separation(Ranking ranking, String name, int feature, Rows rows) {
    return BaselineFit.best(List.of(name), only -> rows.column(feature), ranking.on(rows))
        .map(RankedFeature::auc)
        .orElse(0.5);
  }

  /** As models see them: values that are one float are one value. */
  private static float[] floats(double[] column) {
    float[] floats = new float[column.length];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = (float) column[row] + 0f;
    }
    return floats;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  private record Column(int feature, float[] values) {}
}
