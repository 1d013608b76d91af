package dev.presage.model;

import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Takes a native model through the same checks as one from the topic. */
final class BenchmarkModels {
  private static final String FINGERPRINT = "benchmark";

  private BenchmarkModels() {}

  static Predictor load(byte[] payload, double[] row, Booster booster, int features)
      throws XGBoostError, ModelRefusedException {
    float[] values = new float[features];
    for (int i = 0; i < features; i++) {
      values[i] = (float) row[i];
    }
    DMatrix matrix = new DMatrix(values, 1, features, Float.NaN);
    float margin = booster.predict(matrix, true)[0][0];
    float prediction = booster.predict(matrix)[0][0];
    List<String> names = IntStream.range(0, features).mapToObj(i -> "f" + i).toList();
    ModelArtefact artefact =
        ModelArtefacts.newBuilder(ModelKind.XGBOOST_UBJSON, payload)
            .setTrait("benchmark")
            .setVersion("1")
            .setStage(ModelStage.LIVE)
            .setFeatureSchema(new FeatureSchema(FINGERPRINT, names))
            .setGoldenRows(List.of(ModelArtefacts.goldenRow(row, margin, prediction)))
            .setMetrics(Map.of())
            .setLineage(
                new Lineage(
                    Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1L, 1L, "", Map.of(), null))
            .build();
    return new ModelLoader(ModelLimits.DEFAULTS).load(artefact, FINGERPRINT).predictor();
  }
}
