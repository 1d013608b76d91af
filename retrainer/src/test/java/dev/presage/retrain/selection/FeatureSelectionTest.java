package dev.presage.retrain.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.retrain.baseline.Scale;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.selection.DroppedFeature.Cause;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureSelectionTest {
  private static final List<String> NAMES =
      List.of("honest", "constant", "never_there", "again", "outcome", "inverse", "stronger");
  private static final double LEAK = 0.99;

  @Test
  void shouldDropWhatIsConstantDuplicateOrLeakingAndSayWhy() {
    FeatureSelection selection =
        FeatureSelection.of(
            Scale.PROBABILITY, NAMES, rows(1, true), rows(2, true), rows(3, true), LEAK);

    assertThat(selection.kept()).containsExactly(0, 6);
    assertThat(selection.dropped())
        .extracting(DroppedFeature::name, DroppedFeature::cause)
        .containsExactly(
            tuple("constant", Cause.CONSTANT),
            tuple("never_there", Cause.CONSTANT),
            tuple("again", Cause.DUPLICATE),
            tuple("outcome", Cause.LEAKING),
            tuple("inverse", Cause.LEAKING));
    assertThat(selection.dropped())
        .extracting(DroppedFeature::reason)
        .satisfiesExactly(
            it -> assertThat(it).isEqualTo("is 7.0 in all 1000 training rows"),
            it -> assertThat(it).isEqualTo("is missing in all 1000 training rows"),
            it -> assertThat(it).isEqualTo("equals honest in all 1000 training rows"),
            it ->
                assertThat(it)
                    .contains("AUC of 1.0000 on 1000 rows", "1000 later ones", "above 0.99"),
            it -> assertThat(it).contains("seems to know the outcome"));
  }

  /** Few rows can be ranked perfectly by chance; not earlier and later ones. */
  @Test
  void shouldKeepWhatRanksTheEarlierRowsAlone() {
    FeatureSelection selection =
        FeatureSelection.of(
            Scale.PROBABILITY, NAMES, rows(1, true), rows(2, true), rows(3, false), LEAK);

    assertThat(selection.dropped()).extracting(DroppedFeature::cause).doesNotContain(Cause.LEAKING);
  }

  @Test
  void shouldKeepEverythingThatRanksWhereTheBoundIsOne() {
    FeatureSelection selection =
        FeatureSelection.of(
            Scale.PROBABILITY, NAMES, rows(1, true), rows(2, true), rows(3, true), 1);

    assertThat(selection.kept()).containsExactly(0, 4, 5, 6);
  }

  @Test
  void shouldTellNamesAndPlacesOfWhatIsUsed() {
    UsedFeatures used = new UsedFeatures(NAMES, List.of(0, 6));

    assertThat(used.names()).containsExactly("honest", "stronger");
    assertThat(used.size()).isEqualTo(2);
    assertThat(UsedFeatures.all(NAMES).varyingIn(rows(1, true))).containsExactly(0, 3, 4, 5, 6);
  }

  private static Rows rows(long seed, boolean leaks) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(NAMES.size());
    for (int i = 0; i < 1000; i++) {
      boolean positive = random.nextInt(3) == 0;
      double honest = i % 10 == 0 ? Double.NaN : random.nextGaussian() + (positive ? 1 : 0);
      double known = leaks == positive ? 1 + random.nextDouble() : random.nextDouble();
      double outcome = leaks ? known : random.nextDouble();
      rows.moment(
          i,
          positive,
          honest,
          7,
          Double.NaN,
          honest,
          outcome,
          positive && leaks ? Double.NaN : i,
          random.nextGaussian() + (positive ? 2 : 0));
    }
    return rows.rows();
  }

  /** One knows how much it will be, one whether it will be anything, one is merely good. */
  @Test
  void shouldDropWhatKnowsAnAmountOrWhetherThereIsOne() {
    List<String> names = List.of("how_much", "whether", "good");

    FeatureSelection selection =
        FeatureSelection.of(Scale.AMOUNT, names, amounts(1), amounts(2), amounts(3), LEAK);

    assertThat(selection.dropped())
        .extracting(DroppedFeature::name)
        .containsExactly("how_much", "whether");
    assertThat(selection.dropped())
        .extracting(DroppedFeature::reason)
        .satisfiesExactly(
            it ->
                assertThat(it)
                    .contains("orders the amounts with a normalised Gini of 1.0000")
                    .contains("above 0.98"),
            it -> assertThat(it).contains("ranks the target with an AUC of 1.0000"));
    assertThat(
            FeatureSelection.of(Scale.AMOUNT, names, amounts(1), amounts(2), amounts(3), 1).kept())
        .hasSize(3);
  }

  private static Rows amounts(long seed) {
    Random random = new Random(seed);
    RowsOf rows = new RowsOf(3);
    for (int i = 0; i < 1000; i++) {
      double amount = random.nextInt(10) == 0 ? 0 : Math.exp(random.nextGaussian());
      double howMuch = amount == 0 ? random.nextDouble() / 1e6 : amount * 7;
      double whether = amount == 0 ? 0 : 1 + random.nextInt(3);
      rows.amount(i, amount, howMuch, whether, (amount + 0.3) * Math.exp(random.nextGaussian()));
    }
    return rows.rows();
  }
}
