package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TrainingProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One model for the profiles to which the target has happened before and one for the others, each
 * the best of its own candidates. Of likelihoods.
 */
public final class TwoPopulationsCandidate implements Candidate {
  /** Of each outcome, in each population, of the rows to fit on and of those that choose. */
  private static final int LEAST_TO_FIT_ON = 100;

  private static final int LEAST_TO_CHOOSE_BY = 30;

  private final List<Candidate> members;

  /** Chooses each of the two among these kinds. */
  public TwoPopulationsCandidate(List<Candidate> members) {
    this.members = List.copyOf(members);
  }

  @Override
  public String name() {
    return "two-populations";
  }

  @Override
  public Attempt attempt(LearningRows rows, TrainingProgress progress) {
    Optional<TargetBefore> found = TargetBefore.in(rows.features(), rows.fit());
    if (found.isEmpty()) {
      return new Attempt.Declined("no feature tells whether the target has happened before");
    }
    TargetBefore before = found.get();
    LearningRows done = rows.where(before::holds);
    LearningRows others = rows.where((all, row) -> !before.holds(all, row));
    Optional<String> lack = lack("has", done).or(() -> lack("has not", others));
    if (lack.isPresent()) {
      return new Attempt.Declined(lack.get());
    }
    CandidateChoice ofDone =
        CandidateChoice.among(
            Objective.LIKELIHOOD,
            members,
            done,
            (share, step) -> progress.report(share / 2, "of those who have: " + step));
    CandidateChoice ofOthers =
        CandidateChoice.among(
            Objective.LIKELIHOOD,
            members,
            others,
            (share, step) -> progress.report(0.5 + share / 2, "of those who have not: " + step));
    return new Attempt.Proposal(
        parameters(before, ofDone, ofOthers),
        merged(rows.later(), before, ofDone.proposal().margins(), ofOthers.proposal().margins()),
        (train, told) -> train(before, ofDone, ofOthers, train, told));
  }

  private static Optional<String> lack(String who, LearningRows rows) {
    return lack(who, "to fit on", rows.fit(), LEAST_TO_FIT_ON)
        .or(() -> lack(who, "to choose by", rows.choosingRows(), LEAST_TO_CHOOSE_BY));
  }

  private static Optional<String> lack(String who, String purpose, Rows rows, int least) {
    return Math.min(rows.positives(), rows.negatives()) >= least
        ? Optional.empty()
        : Optional.of(
            "of profiles to which the target %s happened before there are %d positives and %d negatives %s, at least %d of each are needed"
                .formatted(who, rows.positives(), rows.negatives(), purpose, least));
  }

  static double[] merged(Rows rows, TargetBefore before, double[] done, double[] others) {
    double[] merged = new double[rows.size()];
    int nextDone = 0;
    int nextOther = 0;
    for (int row = 0; row < merged.length; row++) {
      merged[row] = before.holds(rows, row) ? done[nextDone++] : others[nextOther++];
    }
    return merged;
  }

  private static Map<String, String> parameters(
      TargetBefore before, CandidateChoice done, CandidateChoice others) {
    Map<String, String> all = new TreeMap<>();
    all.put("populations.by", before.feature());
    all.put("done.candidate", done.name());
    all.put("others.candidate", others.name());
    done.proposal().parameters().forEach((name, value) -> all.put("done." + name, value));
    others.proposal().parameters().forEach((name, value) -> all.put("others." + name, value));
    return all;
  }

  private static TrainedModel train(
      TargetBefore before,
      CandidateChoice ofDone,
      CandidateChoice ofOthers,
      Rows rows,
      TrainingProgress progress) {
    TrainedModel done =
        ofDone
            .proposal()
            .recipe()
            .train(
                rows.where(row -> before.holds(rows, row)),
                (share, step) -> progress.report(share / 2, step));
    try {
      TrainedModel others =
          ofOthers
              .proposal()
              .recipe()
              .train(
                  rows.where(row -> !before.holds(rows, row)),
                  (share, step) -> progress.report(0.5 + share / 2, step));
      return new PopulationsModel(before, done, others);
    } catch (RuntimeException e) {
      done.close();
      throw e;
    }
  }
}
