package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/**
 * Real models, damaged at random: each is either refused with a reason or still predicts its golden
 * rows, within bounds of time and memory.
 */
class HostilePayloadTest {
  private static final NativeModel NATIVE =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 6, 5, 4), 3);
  private static final byte[] JSON = NATIVE.saved(ModelKind.XGBOOST_JSON);
  private static final byte[] UBJSON = NATIVE.saved(ModelKind.XGBOOST_UBJSON);
  private static final long MOST_BYTES = 4 << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int count) {
    Random random = new Random(seed);
    for (ModelKind kind : new ModelKind[] {ModelKind.XGBOOST_JSON, ModelKind.XGBOOST_UBJSON}) {
      byte[] payload = payload(kind).clone();
      for (int i = 0; i < count; i++) {
        payload[random.nextInt(payload.length)] = interesting(random);
      }
      load(kind, payload);
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] payload = UBJSON.clone();
    for (int i = 0; i < 4; i++) {
      int at = random.nextInt(payload.length - 8);
      byte[] wide = new byte[random.nextBoolean() ? 4 : 8];
      Arrays.fill(wide, random.nextBoolean() ? (byte) 0xff : interesting(random));
      wide[0] &= 0x7f;
      System.arraycopy(wide, 0, payload, at, wide.length);
    }
    load(ModelKind.XGBOOST_UBJSON, payload);
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveTruncation(@ForAll long seed) {
    Random random = new Random(seed);
    for (ModelKind kind : new ModelKind[] {ModelKind.XGBOOST_JSON, ModelKind.XGBOOST_UBJSON}) {
      byte[] whole = payload(kind);
      byte[] payload = Arrays.copyOf(whole, random.nextInt(whole.length));

      assertThat(load(kind, payload)).as("a truncated model is refused").isFalse();
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurvivePiecesCutOutOrRepeated(@ForAll long seed) {
    Random random = new Random(seed);
    for (ModelKind kind : new ModelKind[] {ModelKind.XGBOOST_JSON, ModelKind.XGBOOST_UBJSON}) {
      byte[] whole = payload(kind);
      int from = random.nextInt(whole.length);
      int to = random.nextInt(whole.length);
      byte[] payload = new byte[from + whole.length - to];
      System.arraycopy(whole, 0, payload, 0, from);
      System.arraycopy(whole, to, payload, from, whole.length - to);
      load(kind, payload);
    }
  }

  /** Loads the payload; answers whether it was accepted. Anything but a refusal fails the test. */
  private boolean load(ModelKind kind, byte[] payload) {
    ModelArtefact artefact = NATIVE.artefact(kind, payload).build();
    return Assertions.assertTimeout(
        MOST_TIME,
        () -> {
          long before = threads.getCurrentThreadAllocatedBytes();
          boolean accepted = accepted(artefact);
          assertThat(threads.getCurrentThreadAllocatedBytes() - before)
              .as("bytes allocated for a payload of %d", payload.length)
              .isLessThan(MOST_BYTES);
          return accepted;
        });
  }

  private boolean accepted(ModelArtefact artefact) {
    try {
      loader.load(artefact, NativeModel.FINGERPRINT);
      return true;
    } catch (ModelRefusedException e) {
      assertThat(e).hasMessageMatching("(?s).{10,2000}");
      return false;
    }
  }

  private static byte[] payload(ModelKind kind) {
    return kind == ModelKind.XGBOOST_JSON ? JSON : UBJSON;
  }

  private static byte interesting(Random random) {
    byte[] markers = {'{', '}', '[', ']', '$', '#', 'L', 'l', 'd', 'S', 'Z', 'N', '"', ',', '9', 0};
    return random.nextBoolean()
        ? (byte) random.nextInt(256)
        : markers[random.nextInt(markers.length)];
  }
}
