package dev.presage.model;

import com.microsoft.ml.lightgbm.lightgbmlibConstants;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A model that LightGBM's native library trained on data of its own, with what it predicts. */
final class NativeLightgbm {
  private static final int TRAINING_ROWS = 500;
  private static final int ROWS = 2_000;

  final String text;
  final int features;
  final int outputs;
  final List<double[]> rows;

  /** By row, then by output. */
  final double[][] margins;

  final double[][] predictions;

  private NativeLightgbm(String text, int features, List<double[]> rows) {
    this.text = text;
    this.features = features;
    this.rows = rows;
    // What was saved and read again, as a few digits of the objective's parameters get lost.
    try (LightgbmLibrary saved = new LightgbmLibrary(text)) {
      this.outputs = saved.outputs();
      this.margins = saved.predict(rows, lightgbmlibConstants.C_API_PREDICT_RAW_SCORE);
      this.predictions = saved.predict(rows, lightgbmlibConstants.C_API_PREDICT_NORMAL);
    }
  }

  /**
   * What to train.
   *
   * @param objective with its parameters, for example {@code multiclass num_class=3}
   * @param parameters more of LightGBM's, separated by spaces
   */
  record Plan(String objective, int features, int rounds, String parameters) {
    String all(long seed) {
      return "objective=%s %s num_threads=1 verbose=-1 seed=%d"
          .formatted(objective, parameters, seed & 0x7fffffff);
    }

    boolean isOfClasses() {
      return objective.startsWith("multiclass");
    }
  }

  static NativeLightgbm train(Plan plan, long seed) {
    Random random = new Random(seed);
    VectorSource vectors = new VectorSource(plan.features, random, false);
    List<double[]> training = spread(vectors.next(TRAINING_ROWS));
    try (LGBMDataset data =
        LGBMDataset.createFromMat(
            flat(training), TRAINING_ROWS, plan.features, true, plan.all(seed), null)) {
      data.setField("label", labels(plan, training, random));
      try (LGBMBooster booster = LGBMBooster.create(data, plan.all(seed))) {
        for (int round = 0; round < plan.rounds; round++) {
          booster.updateOneIter();
        }
        String text = booster.saveModelToString(0, 0, LGBMBooster.FeatureImportanceType.GAIN);
        List<double[]> rows = spread(vectors.next(ROWS));
        disturb(rows, random);
        return new NativeLightgbm(text, plan.features, rows);
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("cannot train " + plan, e);
    }
  }

  static NativeLightgbm of(String text, List<double[]> rows) {
    return new NativeLightgbm(text, rows.getFirst().length, rows);
  }

  byte[] saved() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A live artefact of the model, the first 20 rows golden. */
  ModelArtefact.Builder artefact() {
    return artefact(saved());
  }

  ModelArtefact.Builder artefact(byte[] payload) {
    return Artefacts.of(ModelKind.LIGHTGBM_TEXT, payload, NativeModel.names(features))
        .setGoldenRows(goldenRows(20));
  }

  List<GoldenRow> goldenRows(int count) {
    List<GoldenRow> golden = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      golden.add(
          outputs == 1
              ? ModelArtefacts.goldenRow(rows.get(i), margins[i][0], predictions[i][0])
              : ModelArtefacts.goldenRow(rows.get(i), margins[i], predictions[i]));
    }
    return golden;
  }

  static double[] flat(List<double[]> rows) {
    return rows.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  /** Spreads the categories of feature 1 over several words of a bit set. */
  private static List<double[]> spread(List<double[]> rows) {
    rows.forEach(row -> row[1] *= 17);
    return rows;
  }

  /** Values that training has not seen, and those at which the library's reading turns. */
  private static void disturb(List<double[]> rows, Random random) {
    double[] odd = {
      0,
      -0.0,
      1e-35,
      -1e-35,
      1e-35f,
      -1e-35f,
      2e-35,
      -2e-35,
      1e300,
      -1e300,
      3e9,
      -3e9,
      -0.5,
      31,
      32,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.NaN,
      Double.MIN_VALUE
    };
    for (int row = 0; row < rows.size(); row += 3) {
      double[] vector = rows.get(row);
      vector[random.nextInt(vector.length)] = odd[random.nextInt(odd.length)];
    }
  }

  private static float[] labels(Plan plan, List<double[]> rows, Random random) {
    float[] labels = new float[rows.size()];
    String name = plan.objective.split(" ", -1)[0];
    for (int i = 0; i < labels.length; i++) {
      double first = rows.get(i)[0];
      double signal = (Double.isNaN(first) ? 0.3 : Math.tanh(first)) + 0.5 * random.nextGaussian();
      labels[i] =
          switch (name) {
            case "binary" -> signal > 0.4 ? 1 : 0;
            case "cross_entropy", "cross_entropy_lambda" -> (float) (1 / (1 + Math.exp(-signal)));
            case "multiclass", "multiclassova" -> signal > 0.5 ? 2 : signal > -0.2 ? 1 : 0;
            case "poisson" -> (float) Math.floor(Math.exp(signal));
            case "gamma", "tweedie" -> (float) Math.exp(signal);
            default -> (float) (10 * signal);
          };
    }
    return labels;
  }
}
