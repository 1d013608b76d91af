package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Of an amount: how likely there is any, times how much it is where there is one. Each of the two
 * is the best of its own candidates; the second is fitted to the rows with an amount above 0 alone.
 */
public final class ProductCandidate implements Candidate {
  /** Rows with an amount and rows without, to fit on and to choose by. */
  private static final int LEAST_TO_FIT_ON = 100;

  private static final int LEAST_TO_CHOOSE_BY = 30;

  private final List<Candidate> classifiers;
  private final List<Candidate> regressors;

  /**
   * Chooses each of the two among some kinds.
   *
   * @param classifiers of likelihoods
   * @param regressors of values
   */
  public ProductCandidate(List<Candidate> classifiers, List<Candidate> regressors) {
    this.classifiers = List.copyOf(classifiers);
    this.regressors = List.copyOf(regressors);
  }

  @Override
  public String name() {
    return "product";
  }

  @Override
  public Attempt attempt(LearningRows rows, TrainingProgress progress) {
    if (lacks(rows.fit(), LEAST_TO_FIT_ON) || lacks(rows.choosingRows(), LEAST_TO_CHOOSE_BY)) {
      return new Attempt.Declined(
          "there are %d rows with an amount and %d without to fit on, %d and %d to choose by; at least %d and %d of each are needed"
              .formatted(
                  rows.fit().positives(),
                  rows.fit().negatives(),
                  rows.choosingRows().positives(),
                  rows.choosingRows().negatives(),
                  LEAST_TO_FIT_ON,
                  LEAST_TO_CHOOSE_BY));
    }
    CandidateChoice whether =
        CandidateChoice.among(
            Objective.LIKELIHOOD,
            classifiers,
            rows,
            (done, step) -> progress.report(0.5 * done, "whether: " + step));
    CandidateChoice howMuch =
        CandidateChoice.among(
            Objective.VALUE,
            regressors,
            rows.where(Rows::positive),
            (done, step) -> progress.report(0.5 + 0.4 * done, "how much: " + step));
    return new Attempt.Proposal(
        parameters(whether, howMuch),
        margins(rows, whether, howMuch, progress),
        (train, told) -> train(whether, howMuch, train, told));
  }

  private static boolean lacks(Rows rows, int least) {
    return Math.min(rows.positives(), rows.negatives()) < least;
  }

  /** Of all later rows: by then it is not known which of them have an amount. */
  private static double[] margins(
      LearningRows rows,
      CandidateChoice whether,
      CandidateChoice howMuch,
      TrainingProgress progress) {
    double[] margins = new double[rows.later().size()];
    try (TrainedModel regressor =
        howMuch
            .proposal()
            .recipe()
            .train(
                positives(rows.fit()),
                (done, step) -> progress.report(0.9 + 0.1 * done, "how much: " + step))) {
      double[] amounts = regressor.predictions(rows.later());
      for (int row = 0; row < margins.length; row++) {
        double probability =
            Objective.LIKELIHOOD.loss().prediction(whether.proposal().margins()[row]);
        margins[row] = Objective.VALUE.loss().margin(probability * amounts[row]);
      }
    }
    return margins;
  }

  private static Rows positives(Rows rows) {
    return rows.where(rows::positive);
  }

  private static Map<String, String> parameters(CandidateChoice whether, CandidateChoice howMuch) {
    Map<String, String> all = new TreeMap<>();
    all.put("whether.candidate", whether.name());
    all.put("how-much.candidate", howMuch.name());
    whether.proposal().parameters().forEach((name, value) -> all.put("whether." + name, value));
    howMuch.proposal().parameters().forEach((name, value) -> all.put("how-much." + name, value));
    return all;
  }

  private static TrainedModel train(
      CandidateChoice whether, CandidateChoice howMuch, Rows rows, TrainingProgress progress) {
    TrainedModel classifier =
        whether.proposal().recipe().train(rows, (done, step) -> progress.report(done / 2, step));
    try {
      return new ProductModel(
          classifier,
          howMuch
              .proposal()
              .recipe()
              .train(positives(rows), (done, step) -> progress.report(0.5 + done / 2, step)));
    } catch (RuntimeException e) {
      classifier.close();
      throw e;
    }
  }
}
