package dev.presage.model;

import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What the native library trained, as an artefact. */
public final class BoosterArtefact {
  private BoosterArtefact() {}

  /** Version 1, live, with golden rows; it lacks its feature schema. */
  public static ModelArtefact.Builder of(Booster booster, String trait, double[][] golden)
      throws XGBoostError {
    DMatrix matrix = matrix(golden);
    float[][] margins = booster.predict(matrix, true);
    float[][] predictions = booster.predict(matrix);
    matrix.dispose();
    List<GoldenRow> goldenRows = new ArrayList<>();
    for (int i = 0; i < golden.length; i++) {
      goldenRows.add(ModelArtefacts.goldenRow(golden[i], margins[i][0], predictions[i][0]));
    }
    return ModelArtefacts.newBuilder(ModelKind.XGBOOST_UBJSON, booster.toByteArray("ubj"))
        .setTrait(trait)
        .setVersion("1")
        .setStage(ModelStage.LIVE)
        .setGoldenRows(goldenRows)
        .setMetrics(Map.of())
        .setLineage(
            new Lineage(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 1L, 1L, "", Map.of(), null));
  }

  /** Rows as the native library takes them; NaN is missing. */
  public static DMatrix matrix(double[][] rows) throws XGBoostError {
    int features = rows[0].length;
    float[] values = new float[rows.length * features];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(floats(rows[row]), 0, values, row * features, features);
    }
    return new DMatrix(values, rows.length, features, Float.NaN);
  }

  /** One row as the native library takes it. */
  static float[] floats(double[] row) {
    float[] values = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = (float) row[i];
    }
    return values;
  }
}
