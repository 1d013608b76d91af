package dev.presage.scoring.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Band;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.TraitKind;
import dev.presage.scoring.population.PercentileBand;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChallengersTest {
  private final LoadedModel live = Models.loaded("v1", ModelStage.LIVE);
  private final LoadedModel shadow = Models.loaded("v2", ModelStage.SHADOW);
  private final MeasuredTrait trait = Models.trait(TraitKind.LIKELIHOOD, live, shadow);
  private final Challengers challengers = new Challengers();

  @Test
  void shouldMeasureHowFarApartTheyAre() {
    challengers.add(shadow, 0.1, live, 0.2);
    challengers.add(shadow, 0.5, live, 0.2);
    challengers.add(shadow, 0.3, live, 0.3);

    assertThat(figures(trait))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.version()).isEqualTo("v2");
              assertThat(it.liveVersion()).isEqualTo("v1");
              assertThat(it.pairs()).isEqualTo(3);
              assertThat(it.sampledPairs()).isEqualTo(3);
              assertThat(it.meanAbsoluteDifference()).isCloseTo(0.4 / 3, within(1e-12));
              // Ranks 1, 3, 2 and 1.5, 1.5, 3.
              assertThat(it.rankCorrelation()).isCloseTo(0, within(1e-12));
            });
  }

  @Test
  void shouldNotCountWhatIsNoNumber() {
    challengers.add(shadow, Double.NaN, live, 0.2);
    challengers.add(shadow, 0.2, live, Double.NaN);

    assertThat(figures(trait)).isEmpty();
  }

  /** One whose scores are halved would band everybody as before, were it live. */
  @Test
  void shouldBandEachByItsOwnRanksWhereItHasNoBands() {
    for (int i = 0; i < 1000; i++) {
      challengers.add(shadow, i / 2000.0, live, i / 1000.0);
    }
    assertThat(figures().changedBands()).isZero();
    assertThat(figures().rankCorrelation()).isCloseTo(1, within(1e-12));

    for (int i = 0; i < 1000; i++) {
      challengers.add(shadow, -i, live, i / 1000.0);
    }
    assertThat(figures().changedBands()).isGreaterThan(0.3);
  }

  @Test
  void shouldBandByTheBandsThatModelsBring() {
    List<Band> bands = List.of(new Band("high", 0.5), new Band("low", 0.2));
    LoadedModel banded = Models.loaded("v1", ModelStage.LIVE, bands, null);
    LoadedModel challenger = Models.loaded("v2", ModelStage.CANARY, bands, null);
    challengers.add(challenger, 0.6, banded, 0.9);
    challengers.add(challenger, 0.4, banded, 0.5);
    challengers.add(challenger, 0.1, banded, 0.3);
    challengers.add(challenger, 0.1, banded, 0.0);

    assertThat(figures(Models.trait(TraitKind.LIKELIHOOD, banded, challenger)))
        .singleElement()
        .extracting(ChallengerFigures::changedBands)
        .isEqualTo(0.5);
  }

  @Test
  void shouldBeginAnewWhenOneOfThemIsLoadedAnew() {
    challengers.add(shadow, 0.1, live, 0.2);
    LoadedModel canary = Models.loaded("v2", ModelStage.CANARY);
    challengers.add(canary, 0.1, live, 0.5);
    challengers.add(canary, 0.1, live, 0.5);

    assertThat(figures(Models.trait(TraitKind.LIKELIHOOD, live, canary)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.pairs()).isEqualTo(2);
              assertThat(it.meanAbsoluteDifference()).isEqualTo(0.4);
            });
  }

  @Test
  void shouldForgetWhatScoresNoMore() {
    challengers.add(shadow, 0.1, live, 0.2);

    assertThat(figures(Models.trait(TraitKind.LIKELIHOOD, live))).isEmpty();
    assertThat(figures(trait)).as("it is gone").isEmpty();

    challengers.add(shadow, 0.1, live, 0.2);
    LoadedModel promoted = Models.loaded("v2", ModelStage.LIVE);
    assertThat(figures(Models.trait(TraitKind.LIKELIHOOD, promoted, live))).isEmpty();

    challengers.add(shadow, 0.1, live, 0.2);
    challengers.keepOnly(Set.of("another"));
    assertThat(figures(trait)).isEmpty();
  }

  /** The whole is known here, so the sample can be held against it. */
  @Test
  void shouldSampleEvenlyOnceThereAreMany() {
    Random random = new Random(3);
    int pairs = 6 * ChallengerPairs.SAMPLE;
    for (int i = 0; i < pairs; i++) {
      double score = random.nextDouble();
      // The later half is turned around, so that a sample of the first would be all wrong.
      challengers.add(shadow, i < pairs / 2 ? score : 1 - score, live, score);
    }

    assertThat(figures().pairs()).isEqualTo(pairs);
    assertThat(figures().sampledPairs()).isEqualTo(ChallengerPairs.SAMPLE);
    assertThat(figures().meanAbsoluteDifference()).isCloseTo(0.25, within(0.01));
    assertThat(figures().rankCorrelation()).isCloseTo(0, within(0.05));
  }

  @Test
  void shouldAddWithoutGarbage() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    add(100_000);

    long before = threads.getCurrentThreadAllocatedBytes();
    add(100_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private void add(int times) {
    for (int i = 0; i < times; i++) {
      challengers.add(shadow, i, live, 0.5);
    }
  }

  private ChallengerFigures figures() {
    return figures(trait).getFirst();
  }

  private List<ChallengerFigures> figures(MeasuredTrait of) {
    return challengers.figures(of, percentile -> PercentileBand.of(percentile).label());
  }
}
