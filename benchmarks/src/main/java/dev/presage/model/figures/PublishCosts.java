package dev.presage.model.figures;

import dev.presage.features.FeatureSchema;
import dev.presage.features.ShopProfile;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import dev.presage.model.RandomModel;
import dev.presage.schemas.avro.ModelArtefact;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * How long a model takes from its trainer's hands to where it scores, on two instances at a broker
 * that this starts. An instance says that a model is live once every thread's next event sees it.
 */
final class PublishCosts implements FigureSource {
  private static final String DOING = "publishing models to two instances";
  private static final int GOLDEN_ROWS = 20;
  private static final int WARM_UP = 2;

  /** Share of the whole that is over when both instances are ready. */
  private static final double STARTED = 0.5;

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 40 : 25);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) throws Exception {
    progress.at(0, "two instances that start");
    FeatureSchema schema = ShopProfile.declarations().schema();
    RandomModel model = RandomModel.train(schema.names().size(), 100, 6);
    ModelArtefact.Builder artefact =
        model
            .artefact("benchmark", Arrays.copyOf(model.rows(), GOLDEN_ROWS))
            .setFeatureSchema(
                new dev.presage.schemas.avro.FeatureSchema(schema.fingerprint(), schema.names()));
    double[] millis = new double[effort == Effort.FULL ? 21 : 3];
    try (TwoInstances instances = TwoInstances.start()) {
      for (int i = -WARM_UP; i < millis.length; i++) {
        progress.at(STARTED + (1 - STARTED) * (i + WARM_UP) / (millis.length + WARM_UP), DOING);
        Duration taken =
            instances.publish(artefact.setVersion(Integer.toString(i + WARM_UP)).build());
        if (i >= 0) {
          millis[i] = taken.toNanos() / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    return Map.of(
        ModelFigures.PUBLISH_TO_LIVE,
        new Measured(
            millis[millis.length / 2],
            String.format(
                Locale.ROOT,
                "median of %d publishes of 100 trees, %.0f to %.0f, after %d; no events meanwhile",
                millis.length,
                millis[0],
                millis[millis.length - 1],
                WARM_UP)));
  }
}
