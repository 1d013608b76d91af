package dev.presage.retrain.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureSchema;
import dev.presage.retrain.artefact.ArtefactAssembly;
import dev.presage.retrain.artefact.Draft;
import dev.presage.retrain.baseline.BaselineFit;
import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.calibration.Curve;
import dev.presage.retrain.evaluation.LogLoss;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.selection.UsedFeatures;
import dev.presage.retrain.training.Objective;
import dev.presage.retrain.training.TreeSearch;
import dev.presage.schemas.avro.FeatureImportance;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateChoiceTest {
  private static final List<String> NAMES = List.of("orders", "recency", "mood", "same");
  private static final UsedFeatures FEATURES = new UsedFeatures(NAMES, List.of(0, 1, 2));
  private static final Candidate TREES =
      new TreesCandidate(Objective.LIKELIHOOD, new TreeSearch(3, 10_000_000, 1));
  private static final Candidate LOGISTIC = new LinearCandidate(Objective.LIKELIHOOD);
  private static final Candidate TWO = new TwoPopulationsCandidate(List.of(TREES, LOGISTIC));
  private static final List<Candidate> ALL = List.of(TREES, LOGISTIC, TWO);

  @Test
  void shouldTakeALineWhereTheTruthIsOne() {
    CandidateChoice choice = among(List.of(TREES, LOGISTIC), CandidateChoiceTest::line);

    assertThat(choice.name()).isEqualTo("logistic");
    assertThat(choice.results())
        .extracting(CandidateResult::name, CandidateResult::isChosen)
        .containsExactly(tuple("xgboost", false), tuple("logistic", true));
    assertThat(choice.results()).allMatch(it -> it.loss() >= choice.loss());
  }

  @Test
  void shouldTakeTreesWhereTheTruthHasEdges() {
    assertThat(among(ALL, CandidateChoiceTest::edges).name()).isEqualTo("xgboost");
  }

  /** What is good for those who have ordered is bad for the others. */
  @Test
  void shouldTakeTwoModelsWhereThereAreTwoPopulations() {
    CandidateChoice choice = among(ALL, CandidateChoiceTest::twoLines);

    assertThat(choice.name()).isEqualTo("two-populations");
    assertThat(choice.proposal().parameters())
        .containsEntry("populations.by", "orders")
        .containsEntry("done.candidate", "logistic")
        .containsEntry("others.candidate", "logistic");
  }

  @Test
  void shouldSayWhyThereAreNoTwoPopulations() {
    LearningRows rows = rows(CandidateChoiceTest::line);
    LearningRows done = rows.where((all, row) -> all.targetBefore(row));
    UsedFeatures mute = new UsedFeatures(NAMES, List.of(2));

    assertThat(TWO.attempt(done, (share, step) -> {}))
        .isInstanceOfSatisfying(
            Attempt.Declined.class,
            it ->
                assertThat(it.reason())
                    .contains("has not happened before there are 0 positives and 0 negatives"));
    assertThat(
            TWO.attempt(
                new LearningRows(mute, rows.fit(), rows.later(), rows.choosing()),
                (share, step) -> {}))
        .isInstanceOfSatisfying(
            Attempt.Declined.class,
            it -> assertThat(it.reason()).contains("no feature tells whether"));
  }

  @Test
  void shouldFailWhereNoneCanBeHad() {
    assertThatThrownBy(
            () ->
                CandidateChoice.among(
                    Objective.LIKELIHOOD,
                    List.of(TWO),
                    rows(CandidateChoiceTest::line).where((all, row) -> all.targetBefore(row)),
                    (share, step) -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("None of the candidates");
  }

  @Test
  void shouldServeEveryKindAsItWasTrained() {
    Candidate twoOfTrees = new TwoPopulationsCandidate(List.of(TREES));
    for (Candidate candidate : List.of(TREES, LOGISTIC, TWO, twoOfTrees)) {
      for (Optional<Curve> calibration :
          List.of(
              Optional.<Curve>empty(),
              Optional.<Curve>of(new Curve.Platt(-0.5, 0.8)),
              Optional.<Curve>of(new Curve.Isotonic(List.of(-1.0, 1.0), List.of(0.1, 0.7))))) {
        shouldServe(candidate, calibration);
      }
    }
  }

  @Test
  void shouldLearnTheSameFromTheSameRows() {
    for (Candidate candidate : ALL) {
      assertThat(payload(candidate)).as(candidate.name()).isEqualTo(payload(candidate));
    }
  }

  @Test
  void shouldReportProgressThatNeverGoesBack() {
    List<Double> progress = new ArrayList<>();

    CandidateChoice.among(
        Objective.LIKELIHOOD,
        ALL,
        rows(CandidateChoiceTest::line),
        (done, step) -> progress.add(done));

    assertThat(progress).isSorted().allMatch(it -> it >= 0 && it <= 1).hasSizeGreaterThan(10);
  }

  /** Missing is half of the time, and means something. */
  @Test
  void shouldGiveTheMissingASlopeOfTheirOwn() {
    RowsOf made = new RowsOf(1);
    Random random = new Random(6);
    for (int i = 0; i < 20_000; i++) {
      boolean missing = i % 2 == 0;
      double x = random.nextGaussian();
      boolean positive = random.nextDouble() < (missing ? 0.9 : 0.2);
      made.moment(i, positive, missing ? Double.NaN : x);
    }
    Rows rows = made.rows();
    LearningRows learning =
        new LearningRows(UsedFeatures.all(List.of("x")), rows, rows, rows.size());

    try (TrainedModel model = train(LOGISTIC, learning)) {
      double[] predictions = model.predictions(rows);
      assertThat(predictions[0]).isCloseTo(0.9, within(0.02));
      assertThat(predictions[1]).isCloseTo(0.2, within(0.02));
      assertThat(model.document()).contains("\"missing\":");
    }
  }

  private static void shouldServe(Candidate candidate, Optional<Curve> calibration) {
    LearningRows rows = rows(CandidateChoiceTest::twoLines);
    try (TrainedModel model = train(candidate, rows)) {
      Draft draft =
          new ArtefactAssembly(new FeatureSchema(NAMES, "f".repeat(64)))
              .draft("trait", model, calibration, rows.later(), lineage(), 0);
      double[] trained =
          calibration
              .map(it -> it.at(model.margins(rows.later())))
              .orElseGet(() -> model.predictions(rows.later()));

      assertThat(draft.predict(rows.later()))
          .as(candidate.name())
          .containsExactly(trained, within(1e-6));
      ModelArtefact artefact =
          draft.live(
              BaselineFit.fit(
                      Scale.PROBABILITY, NAMES, UsedFeatures.all(NAMES).positions(), rows.fit())
                  .orElseThrow(),
              rows.fit(),
              rows.later(),
              Map.of(),
              true);
      assertThat(artefact.getGoldenRows()).hasSizeGreaterThan(31);
      assertThat(artefact.getImportance())
          .as("importance of %s", candidate.name())
          .extracting(FeatureImportance::getFeature)
          .contains("recency")
          .doesNotContain("same");
      assertThat(artefact.getPopulation()).isNotNull();
      assertThat(artefact.getKind()).isEqualTo(model.kind()).isNotEqualTo(ModelKind.UNKNOWN);
    }
  }

  private static byte[] payload(Candidate candidate) {
    try (TrainedModel model = train(candidate, rows(CandidateChoiceTest::twoLines))) {
      return model.payload();
    }
  }

  private static TrainedModel train(Candidate candidate, LearningRows rows) {
    Attempt.Proposal proposal = (Attempt.Proposal) candidate.attempt(rows, (share, step) -> {});
    assertThat(proposal.margins()).hasSize(rows.later().size());
    return proposal.recipe().train(rows.fit(), (share, step) -> {});
  }

  private static CandidateChoice among(List<Candidate> candidates, Truth truth) {
    LearningRows rows = rows(truth);
    CandidateChoice choice =
        CandidateChoice.among(Objective.LIKELIHOOD, candidates, rows, (done, step) -> {});
    double[] predictions =
        Arrays.stream(choice.proposal().margins())
            .limit(rows.choosing())
            .map(it -> 1 / (1 + Math.exp(-it)))
            .toArray();
    assertThat(LogLoss.of(predictions, rows.choosingRows().outcomes()))
        .isCloseTo(choice.loss(), within(1e-9));
    return choice;
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

  private interface Truth {
    double margin(double orders, double recency, double mood);
  }

  private static double line(double orders, double recency, double mood) {
    return 0.3 * orders - 0.4 * recency + 0.5 * mood;
  }

  private static double edges(double orders, double recency, double mood) {
    return recency > 0 == mood > 0 ? 2.5 : -2.5;
  }

  private static double twoLines(double orders, double recency, double mood) {
    return orders >= 1 ? 2 * recency : -2 * recency;
  }

  private static LearningRows rows(Truth truth) {
    Rows later = rows(truth, 8, 3_000);
    return new LearningRows(FEATURES, rows(truth, 7, 6_000), later, 2_000);
  }

  private static Rows rows(Truth truth, long seed, int size) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(NAMES.size());
    for (int row : IntStream.range(0, size).toArray()) {
      double orders = random.nextInt(3);
      double recency = random.nextGaussian();
      double mood = random.nextGaussian();
      double chance = 1 / (1 + Math.exp(-truth.margin(orders, recency, mood)));
      boolean positive = random.nextDouble() < chance;
      double[] vector = {orders, recency, row % 9 == 0 ? Double.NaN : mood, recency};
      if (orders > 0) {
        rows.again(row, positive, vector);
      } else {
        rows.moment(row, positive, vector);
      }
    }
    return rows.rows();
  }
}
