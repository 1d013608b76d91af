package dev.presage.local.bench;

/** What can be measured. */
public enum Benchmark {
  FEATURES("features", "dev.presage.features.figures.FeatureFigures"),
  MODELS("models", "dev.presage.model.figures.ModelFigures"),
  TRAINING("training", "dev.presage.retrain.figures.TrainingFigures", "4g"),
  END_TO_END("e2e", "dev.presage.endtoend.EndToEndFigures");

  private final String files;
  private final String mainClass;
  private final String heap;

  Benchmark(String files, String mainClass) {
    this(files, mainClass, "2g");
  }

  Benchmark(String files, String mainClass, String heap) {
    this.files = files;
    this.mainClass = mainClass;
    this.heap = heap;
  }

  /** Most heap of the JVM that measures, as Java takes it. */
  String heap() {
    return heap;
  }

  /** What its files are called, without their extension. */
  String files() {
    return files;
  }

  /** The class that measures. */
  String mainClass() {
    return mainClass;
  }
}
