package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a model and its baseline foretold what happened, on the same rows.
 *
 * @param rows number of rows
 * @param openRows rows left out as their horizon was not over
 * @param positives how many of the rows were positive
 * @param model figures of the model
 * @param baselineFeature the feature of the baseline
 * @param baseline figures of the baseline
 */
public record Quality(
    long rows,
    long openRows,
    long positives,
    Figures model,
    String baselineFeature,
    Figures baseline) {

  /**
   * Figures of one predictor; NaN where there are none.
   *
   * @param auc area under the receiver operating characteristic
   * @param prAuc area under precision and recall
   * @param logLoss mean negative log likelihood, in nats
   * @param amounts of a value instead: rank, level and errors; null of a likelihood
   * @param calibration by decile of the score, lowest first
   */
  public record Figures(
      double auc,
      double prAuc,
      double logLoss,
      @Nullable Amounts amounts,
      List<Decile> calibration) {

    public Figures {
      calibration = List.copyOf(calibration);
    }

    /** Figures of a likelihood. */
    public Figures(double auc, double prAuc, double logLoss, List<Decile> calibration) {
      this(auc, prAuc, logLoss, null, calibration);
    }

    private static Figures of(JsonNode figures) {
      List<Decile> calibration = new ArrayList<>();
      for (JsonNode decile : figures.path("calibration")) {
        calibration.add(
            new Decile(
                decile.path("decile").asInt(),
                decile.path("rows").asLong(),
                number(decile, "meanScore"),
                number(decile, "rate")));
      }
      return new Figures(
          number(figures, "auc"),
          number(figures, "prAuc"),
          number(figures, "logLoss"),
          figures.path("mae").isNumber() ? Amounts.of(figures) : null,
          calibration);
    }
  }

  /**
   * Figures of predicted amounts; NaN where there are none.
   *
   * @param deviance mean Tweedie deviance, the lower the better
   * @param normalisedGini how well they order what came; 1 is the best order
   * @param mae mean absolute error
   * @param rmse root of the mean squared error
   * @param sumRatio sum of what was foretold divided by the sum of what came
   */
  public record Amounts(
      double deviance, double normalisedGini, double mae, double rmse, double sumRatio) {
    private static Amounts of(JsonNode figures) {
      return new Amounts(
          number(figures, "deviance"),
          number(figures, "normalisedGini"),
          number(figures, "mae"),
          number(figures, "rmse"),
          number(figures, "sumRatio"));
    }
  }

  /** One tenth of the rows by score: what was foretold beside what happened. */
  public record Decile(int decile, long rows, double meanScore, double rate) {}

  static Quality of(JsonNode quality) {
    return new Quality(
        quality.path("rows").asLong(),
        quality.path("openRows").asLong(),
        quality.path("positives").asLong(),
        Figures.of(quality.path("model")),
        quality.path("baseline").path("feature").asText(),
        Figures.of(quality.path("baseline")));
  }

  static double number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isNumber() ? value.asDouble() : Double.NaN;
  }
}
