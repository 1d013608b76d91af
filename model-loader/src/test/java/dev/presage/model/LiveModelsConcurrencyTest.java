package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers score while a writer swaps: what they see is always one model, and a good one. */
@Timeout(60)
class LiveModelsConcurrencyTest {
  private static final int READERS = 3;
  private static final int SWAPS = 300;
  private static final NativeModel[] NATIVES = {
    NativeModel.train(NativeModel.Plan.of("binary:logistic", 5, 10, 4), 6),
    NativeModel.train(NativeModel.Plan.of("count:poisson", 5, 30, 3), 6)
  };

  private final LiveModels models =
      new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), NativeModel.FINGERPRINT);
  private final AtomicBoolean swapping = new AtomicBoolean(true);

  @Test
  void shouldLetReadersScoreAgainstOneModelWhileItIsSwapped() throws Exception {
    offer(0);
    try (ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Callable<Integer> reader = this::scoreUntilDone;
        readers.add(pool.submit(reader));
      }
      for (int swap = 1; swap <= SWAPS; swap++) {
        offer(swap);
      }
      swapping.set(false);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).as("model versions that a reader saw").isGreaterThan(1);
      }
    }
  }

  /** A version is a canary first and live next, so no set has a canary but the live one's next. */
  @Test
  void shouldShowReadersLiveAndCanaryOfOneMoment() throws Exception {
    offer("v0", ModelStage.LIVE);
    try (ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        Callable<Integer> reader = this::compareUntilDone;
        readers.add(pool.submit(reader));
      }
      for (int next = 1; next <= SWAPS; next++) {
        offer("v" + next, ModelStage.CANARY);
        offer("v" + next, ModelStage.LIVE);
        models.withdraw("likelihood-to-test", "v" + (next - 1));
      }
      swapping.set(false);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).as("sets with a canary that a reader saw").isPositive();
      }
    }
  }

  private int compareUntilDone() {
    int canariesSeen = 0;
    while (swapping.get()) {
      LiveModelSet set = models.current();
      LoadedModel live = set.live("likelihood-to-test");
      LoadedModel canary = set.canary("likelihood-to-test");
      assertThat(live).isNotNull();
      if (canary != null) {
        assertThat(number(canary)).isEqualTo(number(live) + 1);
        canariesSeen++;
      }
    }
    return canariesSeen;
  }

  private static int number(LoadedModel model) {
    return Integer.parseInt(model.version().substring(1));
  }

  private void offer(String version, ModelStage stage) {
    ModelArtefact artefact =
        NATIVES[0].artefact(ModelKind.XGBOOST_UBJSON).setVersion(version).setStage(stage).build();
    assertThat(models.offer(artefact).refused()).isFalse();
  }

  private void offer(int swap) {
    ModelArtefact artefact =
        NATIVES[swap % 2].artefact(ModelKind.XGBOOST_UBJSON).setVersion("v" + swap % 2).build();
    assertThat(models.offer(artefact).refused()).isFalse();
  }

  private int scoreUntilDone() {
    int versionsSeen = 0;
    String lastVersion = "";
    while (swapping.get()) {
      LiveModelSet set = models.current();
      LoadedModel model = set.live().get(0);
      assertThat(set.live(model.trait())).isSameAs(model);
      NativeModel expected = NATIVES[model.version().equals("v0") ? 0 : 1];
      for (int row = 0; row < 20; row++) {
        assertThat(model.predictor().margin(expected.rows.get(row)))
            .isEqualTo(expected.margins[row]);
      }
      if (!model.version().equals(lastVersion)) {
        versionsSeen++;
        lastVersion = model.version();
      }
    }
    return versionsSeen;
  }
}
