package dev.presage.retrain.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureSchema;
import dev.presage.retrain.artefact.ArtefactAssembly;
import dev.presage.retrain.artefact.Draft;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.selection.UsedFeatures;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TreeSearch;
import dev.presage.schemas.avro.Lineage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueCandidatesTest {
  private static final List<String> NAMES = List.of("eager", "rich", "noise");
  private static final TreeSearch SEARCH = new TreeSearch(3, 10_000_000, 1);
  private static final Candidate TREES = new TreesCandidate(Objective.VALUE, SEARCH);
  private static final Candidate LINEAR = new LinearCandidate(Objective.VALUE);
  private static final Candidate PRODUCT =
      new ProductCandidate(
          List.of(
              new TreesCandidate(Objective.LIKELIHOOD, SEARCH),
              new LinearCandidate(Objective.LIKELIHOOD)),
          List.of(TREES, LINEAR));
  private static final List<Candidate> ALL = List.of(TREES, LINEAR, PRODUCT);
  private static final Rows LATER = rows(2, 4_000);
  private static final LearningRows ROWS =
      new LearningRows(UsedFeatures.all(NAMES), rows(1, 12_000), LATER, 3_000);

  @Test
  void shouldForetellAmountsWhoseSumComesOutRight() {
    double sum = Arrays.stream(LATER.labels()).map(it -> Math.max(it, 0)).sum();
    for (Candidate candidate : ALL) {
      try (TrainedModel model = train(candidate)) {
        double[] predictions = model.predictions(LATER);

        assertThat(Arrays.stream(predictions))
            .as(candidate.name())
            .allMatch(it -> it > 0 && it < 1e5);
        assertThat(Arrays.stream(predictions).sum() / sum)
            .as("sum of %s", candidate.name())
            .isCloseTo(1, within(0.1));
      }
    }
  }

  @Test
  void shouldBeBetterThanTheMeanForEverybody() {
    double mean = Arrays.stream(Objective.VALUE.labels(ROWS.fit())).average().orElseThrow();
    double[] constant = new double[LATER.size()];
    Arrays.fill(constant, Math.log(mean));

    CandidateChoice choice = CandidateChoice.among(Objective.VALUE, ALL, ROWS, (done, step) -> {});

    assertThat(choice.results())
        .hasSize(3)
        .allMatch(it -> it.loss() < CandidateChoice.loss(Objective.VALUE, constant, ROWS));
    assertThat(choice.results())
        .extracting(CandidateResult::name)
        .containsExactly("xgboost", "linear", "product");
  }

  @Test
  void shouldServeEveryKindAsItWasTrained() {
    Candidate ofTrees =
        new ProductCandidate(
            List.of(new TreesCandidate(Objective.LIKELIHOOD, SEARCH)), List.of(TREES));
    for (Candidate candidate : List.of(TREES, LINEAR, PRODUCT, ofTrees)) {
      try (TrainedModel model = train(candidate)) {
        Draft draft =
            new ArtefactAssembly(new FeatureSchema(NAMES, "f".repeat(64)))
                .draft("trait", model, Optional.empty(), LATER, lineage(), 0);

        double[] served = draft.predict(LATER);
        double[] trained = model.predictions(LATER);
        for (int row = 0; row < served.length; row++) {
          assertThat(served[row] / trained[row]).as(candidate.name()).isCloseTo(1, within(1e-6));
        }
      }
    }
  }

  @Test
  void shouldSayTheSameOfLaterRowsAsTheModelItProposes() {
    for (Candidate candidate : ALL) {
      Attempt.Proposal proposal = (Attempt.Proposal) candidate.attempt(ROWS, (done, step) -> {});
      try (TrainedModel model = proposal.recipe().train(ROWS.fit(), (done, step) -> {})) {
        double[] predictions = model.predictions(LATER);
        for (int row = 0; row < predictions.length; row++) {
          assertThat(Math.exp(proposal.margins()[row]) / predictions[row])
              .as(candidate.name())
              .isCloseTo(1, within(1e-4));
        }
      }
    }
  }

  @Test
  void shouldDeclineAProductWhereEverybodyHasAnAmount() {
    assertThat(PRODUCT.attempt(ROWS.where(Rows::positive), (done, step) -> {}))
        .isInstanceOfSatisfying(
            Attempt.Declined.class,
            it -> assertThat(it.reason()).contains("rows with an amount and 0 without to fit on"));
  }

  private static TrainedModel train(Candidate candidate) {
    return ((Attempt.Proposal) candidate.attempt(ROWS, (done, step) -> {}))
        .recipe()
        .train(ROWS.fit(), (done, step) -> {});
  }

  private static Lineage lineage() {
    return Lineage.newBuilder()
        .setCreatedAt(Instant.EPOCH)
        .setTrainedFrom(Instant.EPOCH)
        .setTrainedUntil(Instant.EPOCH)
        .setRows(1)
        .setPositives(1)
        .build();
  }

  /** Most buy nothing; those who buy spend by how rich they are; a few give back more. */
  private static Rows rows(long seed, int size) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(NAMES.size());
    for (int i = 0; i < size; i++) {
      double eager = random.nextGaussian();
      double rich = random.nextGaussian();
      boolean buys = random.nextDouble() < 1 / (1 + Math.exp(1 - 1.5 * eager));
      double spent = Math.exp(3 + 0.6 * rich + 0.3 * random.nextGaussian());
      double amount = buys ? spent : i % 200 == 0 ? -5 : 0;
      rows.amount(i, amount, eager, i % 10 == 0 ? Double.NaN : rich, random.nextGaussian());
    }
    return rows.rows();
  }
}
