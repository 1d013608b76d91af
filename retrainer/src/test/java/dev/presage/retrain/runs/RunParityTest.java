package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.PlantedShop;
import dev.presage.retrain.Shelf;
import dev.presage.retrain.gate.GatePolicy;
import dev.presage.retrain.rows.RowPlan;
import dev.presage.retrain.rows.ServedVector;
import dev.presage.retrain.rows.ServedVectors;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunParityTest {
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final List<Entry> LOG = PlantedShop.history();
  private static final TraitDefinition TRAIT =
      Histories.orders("orders-again", "true", Duration.ofDays(14));

  /** Too long for the history, so that the run ends once its rows were compared. */
  private static final TraitDefinition TOO_LONG =
      Histories.orders("orders-again", "true", Duration.ofDays(300));

  private final Shelf shelf = new Shelf();

  @Test
  void shouldSayInTheLineageAndTheReportHowMuchWasCompared() {
    TrainingOutcome.Published outcome =
        (TrainingOutcome.Published) run(TRAIT, ParityPolicy.FAIL, fingerprint -> served());

    String all = "%,d".formatted(served().size());
    String words =
        all
            + " of "
            + all
            + " vectors that were served at events were found in the history,"
            + " all equal bit for bit";
    assertThat(shelf.published().getFirst().getLineage().getParameters())
        .containsEntry("parity", words);
    assertThat(outcome.report().learned().parameters()).containsEntry("parity", words);
    assertThat(outcome.report().history().parity().compared()).isEqualTo(served().size());
  }

  @Test
  void shouldFailWhereAVectorDiffers() {
    assertThatThrownBy(() -> run(TOO_LONG, ParityPolicy.FAIL, fingerprint -> planted()))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("1 differ")
        .hasMessageContaining("in feature orders_lifetime: the history gives 1.0, served was 2.0")
        .hasMessageContaining("presage.training.parity: warn");
  }

  @Test
  void shouldGoOnWhereItIsToWarnOnly() {
    assertThat(run(TOO_LONG, ParityPolicy.WARN, fingerprint -> planted()))
        .isInstanceOf(TrainingOutcome.InsufficientData.class);
  }

  @Test
  void shouldNotReadWhatWasServedWhereItIsNotToLook() {
    ServedVectors unreadable =
        fingerprint -> {
          throw new AssertionError("read");
        };

    assertThat(run(TOO_LONG, ParityPolicy.OFF, unreadable))
        .isInstanceOf(TrainingOutcome.InsufficientData.class);
  }

  @Test
  void shouldAskForVectorsOfItsOwnFeatures() {
    List<String> asked = new ArrayList<>();

    var unused =
        run(
            TOO_LONG,
            ParityPolicy.FAIL,
            fingerprint -> {
              asked.add(fingerprint);
              return List.of();
            });

    assertThat(asked).containsExactly(ENGINE.schema().fingerprint());
  }

  private TrainingOutcome run(TraitDefinition trait, ParityPolicy policy, ServedVectors served) {
    return new Training(
            ENGINE,
            Histories.of(Histories.partitioned(LOG, 3)),
            shelf,
            RowPlan.standard(),
            TrainingPlan.standard(),
            GatePolicy.AT_ONCE,
            new RowHandling(new ParityCheck(policy, served), RowStore.NONE),
            InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
            "test")
        .run(trait, (state, step, done) -> {});
  }

  private static List<ServedVector> served() {
    List<ServedVector> served = new ArrayList<>();
    Map<String, ProfileState> states = new HashMap<>();
    for (Entry entry : LOG.subList(0, 1_000)) {
      ProfileState state = states.computeIfAbsent(entry.profileId(), id -> ENGINE.newState());
      ENGINE.apply(state, entry.event());
      double[] vector = new double[ENGINE.schema().size()];
      ENGINE.vector(state, state.newestEventMillis(), vector);
      served.add(
          new ServedVector(
              entry.profileId(),
              entry.event().getEventId(),
              false,
              state.newestEventMillis(),
              vector));
    }
    return served;
  }

  /** Of one, an order more was served. */
  private static List<ServedVector> planted() {
    List<ServedVector> served = served();
    int orders = ENGINE.schema().names().indexOf("orders_lifetime");
    served.stream()
            .filter(it -> it.vector()[orders] == 1)
            .findFirst()
            .orElseThrow()
            .vector()[orders] =
        2;
    return served;
  }
}
