package dev.presage.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.schemas.avro.TraitKind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Figures of scores and outcomes, beside twins that go by the definition. */
class OutcomeFiguresPropertyTest {
  /** A score and whether it happened; many scores are the same, as those of trees are. */
  record Served(double score, double label) {}

  @Provide
  static Arbitrary<List<Served>> likelihoods() {
    Arbitrary<Double> scores =
        Arbitraries.oneOf(
            Arbitraries.of(0.0, 0.1, 0.5, 0.9, 1.0), Arbitraries.doubles().between(0, 1));
    return Combinators.combine(scores, Arbitraries.of(0.0, 1.0))
        .as(Served::new)
        .list()
        .ofMaxSize(60);
  }

  @Provide
  static Arbitrary<List<Served>> values() {
    return Combinators.combine(
            Arbitraries.doubles().between(-10, 50), Arbitraries.integers().between(0, 20))
        .as((score, label) -> new Served(score, label))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property
  void shouldRankAsPairByPair(@ForAll("likelihoods") List<Served> served) {
    double wins = 0;
    double pairs = 0;
    for (Served positive : served) {
      for (Served negative : served) {
        if (positive.label > 0 && negative.label == 0) {
          pairs++;
          wins += positive.score > negative.score ? 1 : positive.score == negative.score ? 0.5 : 0;
        }
      }
    }
    double auc = of(TraitKind.LIKELIHOOD, served).auc();

    if (pairs == 0) {
      assertThat(auc).isNaN();
    } else {
      assertThat(auc).isCloseTo(wins / pairs, within(1e-9));
    }
  }

  @Property
  void shouldAddUpTheLogLoss(@ForAll("likelihoods") List<Served> served) {
    double sum = 0;
    for (Served it : served) {
      double score = Math.min(Math.max(it.score, 1e-15), 1 - 1e-15);
      sum += it.label > 0 ? -Math.log(score) : -Math.log(1 - score);
    }
    double logLoss = of(TraitKind.LIKELIHOOD, served).logLoss();

    if (served.isEmpty()) {
      assertThat(logLoss).isNaN();
    } else {
      assertThat(logLoss).isCloseTo(sum / served.size(), within(1e-9));
    }
  }

  @Property
  void shouldMissValuesByAsMuchAsTheyAreOff(@ForAll("values") List<Served> served) {
    OutcomeFigures figures = of(TraitKind.VALUE, served);

    double absolute = 0;
    double squared = 0;
    for (Served it : served) {
      absolute += Math.abs(it.score - it.label) / served.size();
      squared += (it.score - it.label) * (it.score - it.label) / served.size();
    }
    assertThat(figures.meanAbsoluteError()).isCloseTo(absolute, within(1e-9));
    assertThat(figures.rootMeanSquaredError()).isCloseTo(Math.sqrt(squared), within(1e-9));
    assertThat(figures.auc()).isNaN();
    assertThat(figures.logLoss()).isNaN();
  }

  @Property
  void shouldPutEveryExampleInADecileAndEqualScoresInTheSame(
      @ForAll("likelihoods") List<Served> served) {
    List<OutcomeFigures.Decile> deciles = of(TraitKind.LIKELIHOOD, served).calibration();

    assertThat(deciles).extracting(OutcomeFigures.Decile::decile).isSorted();
    assertThat(deciles).extracting(OutcomeFigures.Decile::meanScore).isSorted();
    assertThat(deciles.stream().mapToLong(OutcomeFigures.Decile::examples).sum())
        .isEqualTo(served.size());
    assertThat(deciles.stream().mapToDouble(it -> it.examples() * it.meanLabel()).sum())
        .isCloseTo(served.stream().mapToDouble(Served::label).sum(), within(1e-9));
    long distinct = served.stream().mapToDouble(Served::score).distinct().count();
    assertThat((long) deciles.size()).isLessThanOrEqualTo(Math.min(10, distinct));
  }

  @Example
  void shouldTellNothingOfNoExamples() {
    assertThat(of(TraitKind.LIKELIHOOD, List.of()))
        .isEqualTo(
            new OutcomeFigures(
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of()));
  }

  @Example
  void shouldNotTakeTheLogOfWhatIsNoLikelihood() {
    OutcomeFigures figures = of(TraitKind.LIKELIHOOD, List.of(new Served(3, 1), new Served(-2, 0)));

    assertThat(figures.logLoss()).isNaN();
    assertThat(figures.auc()).isEqualTo(1);
  }

  private static OutcomeFigures of(TraitKind kind, List<Served> served) {
    return OutcomeFigures.of(
        kind,
        served.stream().mapToDouble(Served::score).toArray(),
        served.stream().mapToDouble(Served::label).toArray());
  }
}
