package dev.presage.local.bench;

/** What can be measured. */
public enum Benchmark {
  FEATURES("features", "dev.presage.features.figures.FeatureFigures"),
  MODELS("models", "dev.presage.model.figures.ModelFigures"),
  END_TO_END("e2e", "dev.presage.endtoend.EndToEndFigures");

  private final String files;
  private final String mainClass;

  Benchmark(String files, String mainClass) {
    this.files = files;
    this.mainClass = mainClass;
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
