package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/**
 * Real models of every kind but XGBoost's, damaged at random: each is either refused with a reason
 * or still predicts its golden rows, within bounds of time and memory.
 */
class HostileKindsTest {
  private static final long MOST_BYTES = 8 << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(5);
  private static final List<ModelArtefact> MODELS = models();
  private static final String[] NUMBERS = {
    "0",
    "-1",
    "1",
    "2147483647",
    "-2147483648",
    "2147483648",
    "4294967295",
    "1e308",
    "-1e308",
    "1e999",
    "nan",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "1e-320",
    "0.5",
    "",
    "99999999999999999999",
    "true",
    "null"
  };

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int count) {
    Random random = new Random(seed);
    for (ModelArtefact model : MODELS) {
      byte[] payload = payload(model);
      for (int i = 0; i < count; i++) {
        payload[random.nextInt(payload.length)] = interesting(random);
      }
      load(model, payload);
    }
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedNumbers(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int count) {
    Random random = new Random(seed);
    for (ModelArtefact model : MODELS) {
      String text = new String(payload(model), StandardCharsets.UTF_8);
      for (int i = 0; i < count; i++) {
        text = withAnotherNumber(text, random);
      }
      load(model, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void shouldSurviveTruncation(@ForAll long seed) {
    Random random = new Random(seed);
    for (ModelArtefact model : MODELS) {
      byte[] whole = payload(model);
      int complete =
          model.getKind() == ModelKind.LIGHTGBM_TEXT
              ? new String(whole, StandardCharsets.ISO_8859_1).indexOf("end of trees")
              : new String(whole, StandardCharsets.ISO_8859_1).strip().length();
      byte[] payload = Arrays.copyOf(whole, random.nextInt(complete));

      assertThat(load(model, payload)).as("a truncated model is refused").isFalse();
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void shouldSurvivePiecesCutOutOrRepeated(@ForAll long seed) {
    Random random = new Random(seed);
    for (ModelArtefact model : MODELS) {
      byte[] whole = payload(model);
      int from = random.nextInt(whole.length);
      int to = random.nextInt(whole.length);
      byte[] payload = new byte[from + whole.length - to];
      System.arraycopy(whole, 0, payload, 0, from);
      System.arraycopy(whole, to, payload, from, whole.length - to);
      load(model, payload);
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void shouldSurviveLinesCutOutOrRepeated(@ForAll long seed) {
    Random random = new Random(seed);
    for (ModelArtefact model : MODELS) {
      List<String> lines =
          new ArrayList<>(new String(payload(model), StandardCharsets.UTF_8).lines().toList());
      String line = lines.remove(random.nextInt(lines.size()));
      if (random.nextBoolean()) {
        lines.add(random.nextInt(lines.size()), line);
      }
      load(model, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<ModelArtefact> models() {
    try {
      List<ModelArtefact> models = new ArrayList<>();
      double[][] vectors = {{5, 3, 250, 14, 300, 40}, {1, 0, 0, 90, 90, Double.NaN}};
      ModelKind[] kinds = {
        ModelKind.LINEAR,
        ModelKind.COMPOSITE,
        ModelKind.COMPOSITE,
        ModelKind.BUY_TILL_YOU_DIE,
        ModelKind.SEGMENTATION
      };
      for (int i = 0; i < kinds.length; i++) {
        models.add(
            OwnArtefacts.of(kinds[i], Examples.ALL.get(i), Examples.FEATURES, vectors).build());
      }
      for (String objective : new String[] {"binary", "multiclass num_class=3"}) {
        NativeLightgbm.Plan plan =
            new NativeLightgbm.Plan(
                objective, 6, 4, "num_leaves=8 categorical_feature=1 max_cat_to_onehot=1");
        models.add(NativeLightgbm.train(plan, 1).artefact().build());
      }
      models.add(ofTrees());
      return models;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModelArtefact ofTrees() throws Exception {
    NativeModel trees = NativeModel.train(NativeModel.Plan.of("reg:squarederror", 6, 2, 3), 1);
    NativeLightgbm text =
        NativeLightgbm.train(new NativeLightgbm.Plan("binary", 6, 2, "num_leaves=7"), 1);
    String model =
        """
        {"kind": "composite", "format": 1, "combine": "product",
         "classifier": {"kind": "lightgbm", "format": 1, "text": %s},
         "regressor": {"kind": "xgboost", "format": 1, "document": %s}}
        """
            .formatted(
                new ObjectMapper().writeValueAsString(text.text),
                new String(trees.saved(ModelKind.XGBOOST_JSON), StandardCharsets.UTF_8));
    double[][] vectors = {trees.rows.get(0), trees.rows.get(1)};
    return OwnArtefacts.of(ModelKind.COMPOSITE, model, NativeModel.names(6), vectors).build();
  }

  private static String withAnotherNumber(String text, Random random) {
    int at = random.nextInt(text.length());
    while (at < text.length() && !Character.isDigit(text.charAt(at))) {
      at++;
    }
    int from = at;
    while (from > 0 && isOfNumber(text.charAt(from - 1))) {
      from--;
    }
    int to = at;
    while (to < text.length() && isOfNumber(text.charAt(to))) {
      to++;
    }
    return text.substring(0, from) + NUMBERS[random.nextInt(NUMBERS.length)] + text.substring(to);
  }

  private static boolean isOfNumber(char c) {
    return Character.isDigit(c) || c == '-' || c == '.' || c == 'e';
  }

  /** Loads the payload; answers whether it was accepted. Anything but a refusal fails the test. */
  private boolean load(ModelArtefact model, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.wrap(payload);
    ModelArtefact artefact =
        ModelArtefact.newBuilder(model)
            .setPayload(bytes)
            .setChecksum(ModelArtefacts.checksum(bytes))
            .build();
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

  private static byte[] payload(ModelArtefact model) {
    byte[] payload = new byte[model.getPayload().remaining()];
    model.getPayload().duplicate().get(payload);
    return payload;
  }

  private static byte interesting(Random random) {
    byte[] markers = {'{', '}', '[', ']', '=', ' ', '\n', '"', ',', '9', '-', 'e', 0};
    return random.nextBoolean()
        ? (byte) random.nextInt(256)
        : markers[random.nextInt(markers.length)];
  }
}
