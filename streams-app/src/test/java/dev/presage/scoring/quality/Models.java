package dev.presage.scoring.quality;

import dev.presage.model.CanaryGroup;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelRefusedException;
import dev.presage.model.Predictor;
import dev.presage.model.calibration.Bands;
import dev.presage.model.population.ReferencePopulation;
import dev.presage.schemas.avro.Band;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.TrainingPopulation;
import dev.presage.schemas.avro.TraitKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models of which nothing is asked but what they are. */
public final class Models {
  public static final String TRAIT = "likelihood-to-test";
  static final Duration HORIZON = Duration.ofDays(7);
  static final List<String> FEATURES = List.of("orders", "revenue");

  private Models() {}

  public static LoadedModel loaded(String version, ModelStage stage) {
    return loaded(version, stage, List.of(), null);
  }

  static LoadedModel loaded(
      String version, ModelStage stage, List<Band> bands, @Nullable TrainingPopulation population) {
    try {
      return new LoadedModel(
          TRAIT,
          version,
          stage,
          "f00d",
          FEATURES,
          new Mute(),
          Bands.of(bands),
          null,
          Map.of(),
          new Lineage(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 2L, 1L, "test", Map.of(), null),
          CanaryGroup.of(TRAIT, 0),
          ReferencePopulation.of(population, FEATURES));
    } catch (ModelRefusedException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A trait with these versions; the first of stage LIVE scores. */
  static MeasuredTrait trait(TraitKind kind, LoadedModel... versions) {
    return new MeasuredTrait(
        TRAIT,
        kind,
        HORIZON.toMillis(),
        List.of(versions),
        Arrays.stream(versions)
            .filter(it -> it.stage() == ModelStage.LIVE)
            .findFirst()
            .orElse(null));
  }

  private static final class Mute implements Predictor {
    @Override
    public int features() {
      return FEATURES.size();
    }

    @Override
    public double margin(double[] vector) {
      throw new AssertionError("nothing is scored");
    }

    @Override
    public double predict(double[] vector) {
      throw new AssertionError("nothing is scored");
    }
  }
}
