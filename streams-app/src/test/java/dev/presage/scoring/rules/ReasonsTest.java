package dev.presage.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.model.CanaryGroup;
import dev.presage.model.LoadedModel;
import dev.presage.model.Predictor;
import dev.presage.model.calibration.Bands;
import dev.presage.model.contribution.Contributions;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  private static final double[] VECTOR = {10, 20, Double.NaN, 40};

  @Test
  void shouldNameTheGreatestFirstAndEqualOnesByName() {
    Contributions contributions = new Fixed(new double[][] {{-0.5, 0.5, 2, 0}});

    assertThat(reasons(3, contributions).of(VECTOR, 0.7))
        .extracting(Reason::getFeature, Reason::getValue, Reason::getContribution)
        .containsExactly(
            tuple("c", Double.NaN, 2.0), tuple("a", 20.0, 0.5), tuple("b", 10.0, -0.5));
    assertThat(reasons(1, contributions).of(VECTOR, 0.7))
        .extracting(Reason::getFeature)
        .containsExactly("c");
  }

  @Test
  void shouldLeaveOutWhatContributesNothing() {
    assertThat(reasons(4, new Fixed(new double[][] {{0, -0.0, 0, 1}})).of(VECTOR, 0.7))
        .containsExactly(new Reason("d", 40.0, 1.0));
  }

  @Test
  void shouldExplainTheClassThatWasPredicted() {
    Contributions contributions = new Fixed(new double[][] {{1, 0, 0, 0}, {0, 0, 0, -1}});

    assertThat(reasons(1, contributions).of(VECTOR, 1))
        .containsExactly(new Reason("d", 40.0, -1.0));
  }

  @Test
  void shouldGiveNoneWhereNoneAreAskedForOrTheModelCannotTell() {
    assertThat(Reasons.of(0, model(new Fixed(new double[][] {{1, 1, 1, 1}})))).isNull();
    assertThat(Reasons.of(3, model(null))).isNull();
    assertThat(Reasons.of(3, null)).isNull();
  }

  private static Reasons reasons(int most, Contributions contributions) {
    return Objects.requireNonNull(Reasons.of(most, model(contributions)));
  }

  private static LoadedModel model(@Nullable Contributions contributions) {
    return new LoadedModel(
        "likelihood-to-test",
        "v1",
        ModelStage.LIVE,
        "f00d",
        List.of("b", "a", "c", "d"),
        new Explained(contributions),
        Bands.NONE,
        null,
        Map.of(),
        new Lineage(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 2L, 1L, "test", Map.of(), null),
        CanaryGroup.of("likelihood-to-test", 0),
        null);
  }

  /** A model of which nothing is asked but its contributions. */
  private static final class Explained implements Predictor {
    private final @Nullable Contributions contributions;

    Explained(@Nullable Contributions contributions) {
      this.contributions = contributions;
    }

    @Override
    public int features() {
      return VECTOR.length;
    }

    @Override
    public double margin(double[] vector) {
      return 0;
    }

    @Override
    public double predict(double[] vector) {
      return 0;
    }

    @Override
    public @Nullable Contributions contributions() {
      return contributions;
    }
  }

  /** The same contributions for every vector. */
  private static final class Fixed implements Contributions {
    private final double[][] byOutput;

    Fixed(double[][] byOutput) {
      this.byOutput = byOutput;
    }

    @Override
    public int features() {
      return VECTOR.length;
    }

    @Override
    public int outputs() {
      return byOutput.length;
    }

    @Override
    public double expected(int output) {
      return 0;
    }

    @Override
    public void write(int output, double[] vector, double[] target) {
      System.arraycopy(byOutput[output], 0, target, 0, target.length);
    }
  }
}
