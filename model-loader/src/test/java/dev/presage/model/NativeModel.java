package dev.presage.model;

import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A model that the native library trained on data of its own, with what it predicts. */
final class NativeModel {
  static final String FINGERPRINT = "f00d";

  private final Booster booster;
  private final int features;
  final List<double[]> rows;

  /** Of each row the margin of each output. */
  final float[][] outputMargins;

  /** Of each row what the library predicts: a value, a class or a probability for each class. */
  final float[][] outputPredictions;

  /** Of each row the margin as a golden row has it: that of the likeliest class. */
  final float[] margins;

  /** Of each row the prediction as a golden row has it: a value or the likeliest class. */
  final float[] predictions;

  private NativeModel(Booster booster, int features, List<double[]> rows) throws XGBoostError {
    this.booster = booster;
    this.features = features;
    this.rows = rows;
    DMatrix matrix = matrix(rows, features);
    this.outputMargins = booster.predict(matrix, true);
    this.outputPredictions = booster.predict(matrix, false);
    matrix.dispose();
    this.margins = new float[rows.size()];
    this.predictions = new float[rows.size()];
    for (int i = 0; i < margins.length; i++) {
      int likeliest = likeliest(outputMargins[i]);
      margins[i] = outputMargins[i][likeliest];
      predictions[i] = outputMargins[i].length == 1 ? outputPredictions[i][0] : likeliest;
    }
  }

  private static int likeliest(float[] margins) {
    int likeliest = 0;
    for (int i = 1; i < margins.length; i++) {
      likeliest = margins[i] > margins[likeliest] ? i : likeliest;
    }
    return likeliest;
  }

  /** What to train and on what. */
  record Plan(
      String objective, int features, int rows, int rounds, Map<String, Object> parameters) {
    /** A parameter of ours: whether some features are categories. */
    static final String CATEGORICAL = "presage.categorical";

    boolean isCategorical() {
      return Boolean.TRUE.equals(parameters.get(CATEGORICAL));
    }

    int classes() {
      return (int) parameters.getOrDefault("num_class", 1);
    }

    Plan with(String name, Object value) {
      Map<String, Object> more = new HashMap<>(parameters);
      more.put(name, value);
      return new Plan(objective, features, rows, rounds, more);
    }

    static Plan of(String objective, int features, int rounds, int depth) {
      return new Plan(objective, features, 500, rounds, Map.of("max_depth", depth));
    }
  }

  static NativeModel train(Plan plan, long seed) {
    return train(plan, seed, 300);
  }

  /**
   * Trains a model.
   *
   * @param scored how many rows it predicts
   */
  static NativeModel train(Plan plan, long seed, int scored) {
    Random random = new Random(seed);
    VectorSource vectors = new VectorSource(plan.features, random, plan.isCategorical());
    List<double[]> training = vectors.next(plan.rows);
    try {
      DMatrix matrix = matrix(training, plan.features);
      matrix.setLabel(labels(plan, training, random));
      if (plan.objective.startsWith("rank:")) {
        matrix.setGroup(new int[] {plan.rows / 2, plan.rows - plan.rows / 2});
      }
      if (plan.isCategorical()) {
        matrix.setFeatureTypes(vectors.featureTypes());
      }
      Map<String, Object> parameters = new HashMap<>(plan.parameters);
      parameters.remove(Plan.CATEGORICAL);
      parameters.put("objective", plan.objective);
      parameters.put("nthread", 1);
      parameters.put("seed", seed);
      Booster booster = XGBoost.train(matrix, parameters, plan.rounds, new HashMap<>(), null, null);
      matrix.dispose();
      vectors.meetNewCategories();
      return new NativeModel(booster, plan.features, vectors.next(scored));
    } catch (XGBoostError e) {
      throw new IllegalStateException("cannot train " + plan, e);
    }
  }

  /** Margins as {@code inplace_predict} makes them, which Python's scikit-learn interface uses. */
  float[] marginsInPlace() {
    float[] values = values(rows, features);
    try {
      float[][] margins =
          booster.inplace_predict(
              values,
              rows.size(),
              features,
              Float.NaN,
              new int[] {0, 0},
              Booster.PredictionType.kMargin,
              null);
      return column(margins);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of the first rows what each feature contributes to each output, then the expected margin. */
  float[][] contributions(int count) {
    try {
      DMatrix matrix = matrix(rows.subList(0, count), features);
      float[][] contributions = booster.predictContrib(matrix, 0);
      matrix.dispose();
      return contributions;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** Margins by the first so many trees. */
  float[] marginsOf(int trees) {
    try {
      DMatrix matrix = matrix(rows, features);
      float[] margins = column(booster.predict(matrix, true, trees));
      matrix.dispose();
      return margins;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  NativeModel withAttribute(String name, String value) {
    try {
      booster.setAttr(name, value);
      return this;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** The trees as text, with cover and gain. */
  String[] dump() {
    try {
      return booster.getModelDump("", true);
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  NativeModel withFeatureNames(List<String> names) {
    try {
      booster.setFeatureNames(names.toArray(String[]::new));
      return this;
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  int features() {
    return features;
  }

  byte[] saved(ModelKind kind) {
    try {
      return booster.toByteArray(kind == ModelKind.XGBOOST_JSON ? "json" : "ubj");
    } catch (XGBoostError e) {
      throw new IllegalStateException(e);
    }
  }

  /** A live artefact of the model, the first 20 rows golden. */
  ModelArtefact.Builder artefact(ModelKind kind) {
    return artefact(kind, saved(kind));
  }

  ModelArtefact.Builder artefact(ModelKind kind, byte[] payload) {
    return ModelArtefacts.newBuilder(kind, payload)
        .setTrait("likelihood-to-test")
        .setVersion("v1")
        .setStage(ModelStage.LIVE)
        .setFeatureSchema(
            FeatureSchema.newBuilder()
                .setFingerprint(FINGERPRINT)
                .setFeatures(names(features))
                .build())
        .setGoldenRows(goldenRows(20))
        .setLineage(
            Lineage.newBuilder()
                .setCreatedAt(Instant.EPOCH)
                .setTrainedFrom(Instant.EPOCH)
                .setTrainedUntil(Instant.EPOCH)
                .setRows(500)
                .setPositives(100)
                .build());
  }

  List<GoldenRow> goldenRows(int count) {
    List<GoldenRow> golden = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      golden.add(ModelArtefacts.goldenRow(rows.get(i), margins[i], predictions[i]));
    }
    return golden;
  }

  static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(i -> "feature_" + i).toList();
  }

  private static DMatrix matrix(List<double[]> rows, int features) throws XGBoostError {
    return new DMatrix(values(rows, features), rows.size(), features, Float.NaN);
  }

  private static float[] values(List<double[]> rows, int features) {
    float[] values = new float[rows.size() * features];
    for (int row = 0; row < rows.size(); row++) {
      for (int feature = 0; feature < features; feature++) {
        values[row * features + feature] = (float) rows.get(row)[feature];
      }
    }
    return values;
  }

  private static float[] column(float[][] predictions) {
    float[] column = new float[predictions.length];
    for (int i = 0; i < column.length; i++) {
      column[i] = predictions[i][0];
    }
    return column;
  }

  private static float[] labels(Plan plan, List<double[]> rows, Random random) {
    float[] labels = new float[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      double first = rows.get(i)[0];
      double signal = (Double.isNaN(first) ? 0.3 : Math.tanh(first)) + 0.5 * random.nextGaussian();
      labels[i] =
          switch (plan.objective) {
            case "multi:softprob", "multi:softmax" ->
                Math.floorMod((int) Math.floor(2 * signal), plan.classes());
            case "rank:pairwise", "rank:ndcg", "rank:map" -> signal > 0.4 ? 1 : 0;
            case "survival:cox" -> (float) ((signal > 0 ? 1 : -1) * Math.exp(signal));
            case "binary:logistic", "binary:logitraw" -> signal > 0.4 ? 1 : 0;
            case "reg:logistic" -> (float) (1 / (1 + Math.exp(-signal)));
            case "count:poisson" -> (float) Math.floor(Math.exp(signal));
            case "reg:gamma", "reg:tweedie", "reg:squaredlogerror" -> (float) Math.exp(signal);
            default -> (float) (10 * signal);
          };
    }
    return labels;
  }
}
