package dev.presage.retrain.candidates;

import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TrainingProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The candidate with the smallest loss on the rows that choose, the first of equals.
 *
 * @param name its kind
 * @param proposal what it has to offer
 * @param loss its mean loss
 * @param results how all of them did, in the order in which they were tried
 */
public record CandidateChoice(
    String name, Attempt.Proposal proposal, double loss, List<CandidateResult> results) {
  public CandidateChoice {
    results = List.copyOf(results);
  }

  /**
   * Tries all of them.
   *
   * @throws IllegalStateException when none of them can be had
   */
  public static CandidateChoice among(
      Objective objective,
      List<Candidate> candidates,
      LearningRows rows,
      TrainingProgress progress) {
    List<Attempt> attempts = new ArrayList<>();
    double[] losses = new double[candidates.size()];
    int best = -1;
    for (int i = 0; i < losses.length; i++) {
      int done = i;
      Attempt attempt =
          candidates
              .get(i)
              .attempt(
                  rows, (share, step) -> progress.report((done + share) / losses.length, step));
      attempts.add(attempt);
      losses[i] =
          attempt instanceof Attempt.Proposal it ? loss(objective, it.margins(), rows) : Double.NaN;
      if (!Double.isNaN(losses[i]) && (best < 0 || losses[i] < losses[best])) {
        best = i;
      }
    }
    if (best < 0 || !(attempts.get(best) instanceof Attempt.Proposal proposal)) {
      throw new IllegalStateException("None of the candidates can be had: " + attempts);
    }
    int chosen = best;
    return new CandidateChoice(
        candidates.get(best).name(),
        proposal,
        losses[best],
        IntStream.range(0, losses.length)
            .mapToObj(i -> result(candidates.get(i), attempts.get(i), losses[i], i == chosen))
            .toList());
  }

  /** Mean loss of margins on the rows that choose. */
  static double loss(Objective objective, double[] margins, LearningRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.choosing(); row++) {
      sum += objective.loss().of(margins[row], objective.label(rows.later(), row));
    }
    return sum / rows.choosing();
  }

  private static CandidateResult result(
      Candidate candidate, Attempt attempt, double loss, boolean isChosen) {
    Map<String, String> parameters = Map.of();
    @Nullable String declined = null;
    switch (attempt) {
      case Attempt.Proposal it -> parameters = it.parameters();
      case Attempt.Declined it -> declined = it.reason();
    }
    return new CandidateResult(candidate.name(), loss, parameters, declined, isChosen);
  }
}
