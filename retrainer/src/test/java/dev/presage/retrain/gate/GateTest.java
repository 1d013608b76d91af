package dev.presage.retrain.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.evaluation.Evaluation;
import dev.presage.retrain.evaluation.Figure;
import dev.presage.retrain.evaluation.Resamples;
import dev.presage.retrain.gate.GateDecision.Next;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final int ROWS = 2_000;
  private static final Resamples RESAMPLES = Resamples.ofRows(ROWS, 200, 1);
  private static final Scores TRUTH = new Scores();

  /** Outcomes drawn by a likelihood, and predictors that know it more or less. */
  private static final class Scores {
    final double[] likelihoods = new double[ROWS];
    final boolean[] outcomes = new boolean[ROWS];

    Scores() {
      Random random = new Random(7);
      for (int row = 0; row < ROWS; row++) {
        likelihoods[row] = random.nextDouble();
        outcomes[row] = random.nextDouble() < likelihoods[row];
      }
    }

    Evaluation blurred(double noise, long seed) {
      Random random = new Random(seed);
      double[] ones = new double[ROWS];
      Arrays.fill(ones, 1);
      double[] scores =
          Arrays.stream(likelihoods)
              .map(it -> Math.clamp(it + noise * (random.nextDouble() - 0.5), 0.001, 0.999))
              .toArray();
      return Evaluation.of(scores, outcomes, ones, RESAMPLES);
    }

    /** The same ranks, but too sure of itself. */
    Evaluation overconfident() {
      double[] ones = new double[ROWS];
      Arrays.fill(ones, 1);
      double[] scores =
          Arrays.stream(likelihoods)
              .map(it -> Math.clamp(it, 0.001, 0.999))
              .map(it -> 1 / (1 + Math.pow((1 - it) / it, 4)))
              .toArray();
      return Evaluation.of(scores, outcomes, ones, RESAMPLES);
    }
  }

  @Test
  void shouldLetLiveWhatRanksBetterThanTheBaseline() {
    GateDecision decision =
        decide(TRUTH.blurred(0, 1), TRUTH.blurred(1, 2), Optional.empty(), GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.LIVE);
    assertThat(decision.passed()).isTrue();
    assertThat(decision.reason())
        .matches(
            "AUC 0\\.8\\d{3} on 2000 held-out rows is better than 0\\.7\\d{3} of the baseline"
                + " orders_90d: the difference is \\+0\\.\\d{4}, its 95% interval \\+0\\.\\d{4} to"
                + " \\+0\\.\\d{4}");
  }

  @Test
  void shouldRejectWhatIsBetterByChanceAlone() {
    Evaluation one = TRUTH.blurred(0.3, 1);
    Evaluation other = TRUTH.blurred(0.3, 2);
    Evaluation better = one.auc() > other.auc() ? one : other;

    GateDecision decision =
        decide(better, better == one ? other : one, Optional.empty(), GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.passed()).isFalse();
    assertThat(decision.reason()).contains("is not better than", "its 95% interval -0.");
  }

  @Test
  void shouldRejectWhatRanksWorseThanTheIncumbent() {
    GateDecision decision =
        decide(
            TRUTH.blurred(0.6, 1),
            TRUTH.blurred(2, 2),
            Optional.of(TRUTH.blurred(0, 3)),
            GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.reason()).contains("is worse than", "of the live model v1");
  }

  @Test
  void shouldRejectWhatRanksAsWellAsTheIncumbentButIsTooSureOfItself() {
    GateDecision decision =
        decide(
            TRUTH.overconfident(),
            TRUTH.blurred(2, 2),
            Optional.of(TRUTH.blurred(0, 3)),
            GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.reason()).containsPattern("log loss 0\\.\\d+ .* is worse than");
  }

  @Test
  void shouldLetLiveWhatIsAsGoodAsTheIncumbent() {
    GateDecision decision =
        decide(
            TRUTH.blurred(0.3, 1),
            TRUTH.blurred(2, 2),
            Optional.of(TRUTH.blurred(0.3, 3)),
            GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.LIVE);
    assertThat(decision.reason()).contains("is not worse than");
  }

  @Test
  void shouldLetLiveWhatForetellsAmountsBetterThanTheBaseline() {
    GateDecision decision =
        decide(amounts(0.1, 1), amounts(1, 2), Optional.empty(), GatePolicy.AT_ONCE);

    assertThat(decision.next()).as(decision.reason()).isEqualTo(Next.LIVE);
    assertThat(decision.reason())
        .matches(
            "Tweedie deviance \\d\\.\\d{4} on 2000 held-out rows is better than \\d+\\.\\d{4} of the"
                + " baseline orders_90d: the difference is -\\d+\\.\\d{4}, its 95% interval"
                + " -\\d+\\.\\d{4} to -\\d+\\.\\d{4}; normalised Gini 0\\.\\d{4} on 2000 held-out"
                + " rows is not worse than .*");
  }

  /** Ranks alone are not enough of an amount. */
  @Test
  void shouldRejectWhatRanksAmountsBetterButAtAWrongLevel() {
    GateDecision decision =
        decide(amounts(0.1, 1, 20), amounts(1, 2), Optional.empty(), GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.reason()).startsWith("Tweedie deviance").contains("is not better than");
  }

  @Test
  void shouldRejectWhatForetellsAmountsWorseThanTheIncumbent() {
    GateDecision decision =
        decide(amounts(0.6, 1), amounts(2, 2), Optional.of(amounts(0.1, 3)), GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.reason()).contains("is worse than", "of the live model v1");
    assertThat(
            decide(amounts(0.1, 1), amounts(2, 2), Optional.of(amounts(0.1, 3)), GatePolicy.AT_ONCE)
                .next())
        .isEqualTo(Next.LIVE);
  }

  @Test
  void shouldReviewAShadowOfAmountsByTheirFigures() {
    Evaluation heldOut = amounts(0.1, 1);

    assertThat(ShadowReview.decide(published(heldOut), amounts(0.1, 2)).next())
        .isEqualTo(Next.LIVE);
    assertThat(ShadowReview.decide(published(heldOut), amounts(0.1, 2, 20)))
        .satisfies(
            it -> {
              assertThat(it.next()).isEqualTo(Next.REJECT);
              assertThat(it.reason()).contains("Tweedie deviance", "in service");
            });
  }

  private static Evaluation amounts(double noise, long seed) {
    return amounts(noise, seed, 1);
  }

  /** Amounts whose logarithms spread by 1, and predictions of them that are off by noise. */
  private static Evaluation amounts(double noise, long seed, double factor) {
    Random truth = new Random(9);
    Random random = new Random(seed);
    double[] amounts = new double[ROWS];
    double[] predictions = new double[ROWS];
    double[] ones = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      amounts[row] = Math.exp(truth.nextGaussian());
      predictions[row] = factor * amounts[row] * Math.exp(noise * random.nextGaussian());
      ones[row] = 1;
    }
    return Evaluation.ofAmounts(predictions, amounts, ones, RESAMPLES);
  }

  @Test
  void shouldAskAPersonWhereThePolicySaysSo() {
    assertThat(passing(new GatePolicy(true, false)).next()).isEqualTo(Next.ASK);
    assertThat(passing(new GatePolicy(true, true)).next()).isEqualTo(Next.ASK);
    assertThat(passing(new GatePolicy(true, false)).reason()).endsWith("a person's approval");
  }

  @Test
  void shouldMakeAShadowFirstWhereThePolicySaysSo() {
    assertThat(passing(new GatePolicy(false, true)).next()).isEqualTo(Next.SHADOW);
    assertThat(passing(new GatePolicy(false, true)).reason())
        .endsWith("it is a shadow until its figures in service agree");
  }

  @Test
  void shouldRejectWhatCannotBeCompared() {
    boolean[] nothing = new boolean[20];
    double[] ones = new double[20];
    Arrays.fill(ones, 1);
    Resamples resamples = Resamples.ofRows(20, 100, 1);
    Evaluation evaluation = Evaluation.of(new double[20], nothing, ones, resamples);

    GateDecision decision = decide(evaluation, evaluation, Optional.empty(), GatePolicy.AT_ONCE);

    assertThat(decision.next()).isEqualTo(Next.REJECT);
    assertThat(decision.reason()).contains("cannot be compared", "20 held-out rows, 0 of them");
  }

  @Test
  void shouldPromoteAShadowWhoseFiguresInServiceAgree() {
    Evaluation heldOut = TRUTH.blurred(0.1, 1);

    GateDecision decision = ShadowReview.decide(published(heldOut), TRUTH.blurred(0.1, 2));

    assertThat(decision.next()).isEqualTo(Next.LIVE);
    assertThat(decision.reason()).contains("agree", "AUC 0.", "log loss 0.");
  }

  @Test
  void shouldAskAPersonAboutAShadowWithoutIntervals() {
    assertThat(ShadowReview.decide(Map.of("auc", 0.8, "logLoss", 0.5), TRUTH.blurred(0, 2)).next())
        .isEqualTo(Next.ASK);
  }

  @Test
  void shouldRejectAShadowThatIsWorseInService() {
    GateDecision ranksWorse =
        ShadowReview.decide(published(TRUTH.blurred(0, 1)), TRUTH.blurred(2, 2));
    GateDecision foretellsWorse =
        ShadowReview.decide(published(TRUTH.blurred(0, 1)), TRUTH.overconfident());

    assertThat(ranksWorse.next()).isEqualTo(Next.REJECT);
    assertThat(ranksWorse.reason()).contains("worse than on held-out rows: AUC 0.");
    assertThat(foretellsWorse.next()).isEqualTo(Next.REJECT);
  }

  @Test
  void shouldLeaveAShadowUntilEnoughIsKnownOfIt() {
    boolean[] outcomes = new boolean[ROWS];
    Arrays.fill(outcomes, 0, 29, true);
    double[] scores = new double[ROWS];
    Arrays.fill(scores, 0, 500, 0.4);
    double[] ones = new double[ROWS];
    Arrays.fill(ones, 1);

    GateDecision decision =
        ShadowReview.decide(
            published(TRUTH.blurred(0, 1)), Evaluation.of(scores, outcomes, ones, RESAMPLES));

    assertThat(decision.next()).isEqualTo(Next.SHADOW);
    assertThat(decision.reason()).contains("29 positives and 1971 negatives");
  }

  private static Map<String, Double> published(Evaluation heldOut) {
    Map<String, Double> figures = new HashMap<>();
    for (Figure figure : heldOut.figures()) {
      heldOut
          .interval(figure)
          .ifPresent(
              it -> {
                figures.put(figure.key() + ".low", it.low());
                figures.put(figure.key() + ".high", it.high());
              });
    }
    return figures;
  }

  private static GateDecision passing(GatePolicy policy) {
    return decide(TRUTH.blurred(0, 1), TRUTH.blurred(1, 2), Optional.empty(), policy);
  }

  private static GateDecision decide(
      Evaluation model, Evaluation baseline, Optional<Evaluation> incumbent, GatePolicy policy) {
    return Gate.decide(
        model,
        new Rival("the baseline orders_90d", baseline),
        incumbent.map(it -> new Rival("the live model v1", it)),
        policy);
  }
}
