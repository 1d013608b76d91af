package dev.presage.endtoend.line;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The models of all traits, each predicting one row by the native library. */
final class NaiveModels {
  private static final String EXTENSION = ".ubj";

  private final Map<String, byte[]> models;

  // Those of a stream thread, as the library lets one thread at a time ask a booster. They live as
  // long as the process.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Map<String, Booster>> boosters = ThreadLocal.withInitial(this::load);

  private NaiveModels(Map<String, byte[]> models) {
    this.models = models;
  }

  /** Reads them from a folder: a file {@code <trait>.ubj} each. */
  static NaiveModels read(Path folder) {
    Map<String, byte[]> models = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(EXTENSION)).toList()) {
        String name = file.getFileName().toString();
        models.put(name.substring(0, name.length() - EXTENSION.length()), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the models in " + folder, e);
    }
    return new NaiveModels(models);
  }

  /**
   * Predicts every trait.
   *
   * @param features by name, in the order of the vector
   */
  Map<String, Double> predict(Map<String, Double> features) {
    float[] row = new float[features.size()];
    int next = 0;
    for (double value : features.values()) {
      row[next++] = (float) value;
    }
    Map<String, Double> scores = new HashMap<>();
    try {
      DMatrix matrix = new DMatrix(row, 1, row.length, Float.NaN);
      try {
        for (Map.Entry<String, Booster> model : boosters.get().entrySet()) {
          scores.put(model.getKey(), (double) model.getValue().predict(matrix)[0][0]);
        }
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new IllegalStateException("The native library cannot predict", e);
    }
    return scores;
  }

  private Map<String, Booster> load() {
    Map<String, Booster> loaded = new TreeMap<>();
    models.forEach(
        (trait, model) -> {
          try {
            Booster booster = XGBoost.loadModel(model);
            // More threads for one row only wait for each other.
            booster.setParams(Map.of("nthread", 1));
            loaded.put(trait, booster);
          } catch (XGBoostError | IOException e) {
            throw new IllegalStateException("The model of " + trait + " cannot be loaded", e);
          }
        });
    return loaded;
  }
}
