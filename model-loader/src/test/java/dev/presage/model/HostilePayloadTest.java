package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.presage.model.PythonFixtures.Fixture;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;

/**
 * Real models of all boosters, damaged at random: each is either refused with a reason or still
 * predicts its golden rows, within bounds of time and memory.
 */
class HostilePayloadTest {
  private static final List<Fixture> JSON = fixtures(ModelKind.XGBOOST_JSON);
  private static final List<Fixture> UBJSON = fixtures(ModelKind.XGBOOST_UBJSON);
  private static final Pattern NUMBER = Pattern.compile("-?\\d[-+\\dE.]*");
  private static final String[] NUMBERS = {
    "0",
    "1",
    "-1",
    "2",
    "31",
    "32",
    "1000",
    "16777215",
    "16777216",
    "2147483647",
    "-2147483648",
    "9223372036854775807",
    "1e30",
    "0.5",
    "NaN",
    "Infinity"
  };
  private static final long MOST_BYTES = 4 << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(5);

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedBytes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int count) {
    Random random = new Random(seed);
    for (Fixture fixture : oneOfEach(random)) {
      byte[] payload = fixture.payload();
      for (int i = 0; i < count; i++) {
        payload[random.nextInt(payload.length)] = interesting(random);
      }
      load(fixture, payload);
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveChangedNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    Fixture fixture = any(UBJSON, random);
    byte[] payload = fixture.payload();
    for (int i = 0; i < 4; i++) {
      int at = random.nextInt(payload.length - 8);
      byte[] wide = new byte[random.nextBoolean() ? 4 : 8];
      Arrays.fill(wide, random.nextBoolean() ? (byte) 0xff : interesting(random));
      wide[0] &= 0x7f;
      System.arraycopy(wide, 0, payload, at, wide.length);
    }
    load(fixture, payload);
  }

  /**
   * What is said of the trees is changed where it stands: counts, children, categories, weights.
   */
  @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveOtherNumbersInText(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int count) {
    Random random = new Random(seed);
    Fixture fixture = any(JSON, random);
    String text = new String(fixture.payload(), StandardCharsets.UTF_8);
    for (int i = 0; i < count; i++) {
      List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
      MatchResult number = numbers.get(random.nextInt(numbers.size()));
      String other = NUMBERS[random.nextInt(NUMBERS.length)];
      text = text.substring(0, number.start()) + other + text.substring(number.end());
    }
    load(fixture, text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurviveTruncation(@ForAll long seed) {
    Random random = new Random(seed);
    for (Fixture fixture : oneOfEach(random)) {
      byte[] whole = fixture.payload();
      byte[] payload = Arrays.copyOf(whole, random.nextInt(whole.length));

      assertThat(load(fixture, payload)).as("a truncated model is refused").isFalse();
    }
  }

  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void shouldSurvivePiecesCutOutOrRepeated(@ForAll long seed) {
    Random random = new Random(seed);
    for (Fixture fixture : oneOfEach(random)) {
      byte[] whole = fixture.payload();
      int from = random.nextInt(whole.length);
      int to = random.nextInt(whole.length);
      byte[] payload = new byte[from + whole.length - to];
      System.arraycopy(whole, 0, payload, 0, from);
      System.arraycopy(whole, to, payload, from, whole.length - to);
      load(fixture, payload);
    }
  }

  /** Loads the payload; answers whether it was accepted. Anything but a refusal fails the test. */
  private boolean load(Fixture fixture, byte[] payload) {
    ModelArtefact artefact = fixture.artefact(payload).build();
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

  private static List<Fixture> fixtures(ModelKind kind) {
    return PythonFixtures.all().stream().filter(fixture -> fixture.kind() == kind).toList();
  }

  private static List<Fixture> oneOfEach(Random random) {
    return List.of(any(JSON, random), any(UBJSON, random));
  }

  private static Fixture any(List<Fixture> fixtures, Random random) {
    return fixtures.get(random.nextInt(fixtures.size()));
  }

  private static byte interesting(Random random) {
    byte[] markers = {'{', '}', '[', ']', '$', '#', 'L', 'l', 'd', 'S', 'Z', 'N', '"', ',', '9', 0};
    return random.nextBoolean()
        ? (byte) random.nextInt(256)
        : markers[random.nextInt(markers.length)];
  }
}
