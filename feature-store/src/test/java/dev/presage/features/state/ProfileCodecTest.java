package dev.presage.features.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.series.SeriesState;
import dev.presage.schemas.avro.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileCodecTest {
  private static final String YAML = resource("golden-v2.yaml");
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private final FeatureEngine engine = engine(YAML);
  private final ProfileCodec codec = new ProfileCodec(engine);

  @Test
  void shouldReadStatesOfVersion1ForEver() {
    FeatureEngine ofVersion1 = engine(resource("golden-v1.yaml"));
    byte[] golden = HexFormat.of().parseHex(resource("profile-v1.hex").strip());

    ProfileState state = new ProfileCodec(ofVersion1).decode(golden);

    List<String> described = described(ofVersion1, state);
    List<String> expected = resource("profile-v1.txt").lines().toList();
    assertThat(described).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(name(described.get(i))).isEqualTo(name(expected.get(i)));
      // A spread is kept as a float since version 2.
      assertThat(value(described.get(i))).isCloseTo(value(expected.get(i)), withinPercentage(1e-4));
    }
  }

  @Test
  void shouldGoOnWithAStateOfVersion1() {
    FeatureEngine ofVersion1 = engine(resource("golden-v1.yaml"));
    ProfileCodec codecOfVersion1 = new ProfileCodec(ofVersion1);
    byte[] golden = HexFormat.of().parseHex(resource("profile-v1.hex").strip());
    ProfileState state = codecOfVersion1.decode(golden);

    ProfileState stored = codecOfVersion1.decode(codecOfVersion1.encode(state));
    for (int i = 0; i < 500; i++) {
      Event order =
          event("order", 5_000 + i, state.newestEventMillis() + MINUTE, Map.of("revenue", 1.0));
      ofVersion1.apply(state, order);
      ofVersion1.apply(stored, order);
    }

    assertThat(described(ofVersion1, stored)).isEqualTo(described(ofVersion1, state));
    assertThat(described(ofVersion1, state)).contains("orders 800.0");
    assertThat(codecOfVersion1.encode(stored)).isEqualTo(codecOfVersion1.encode(state));
  }

  @Test
  void shouldReadStatesOfVersion2ForEver() {
    byte[] golden = HexFormat.of().parseHex(resource("profile-v2.hex").strip());

    ProfileState state = codec.decode(golden);

    assertThat(described(engine, state)).isEqualTo(resource("profile-v2.txt").lines().toList());
    assertThat(codec.encode(state)).isEqualTo(golden);
  }

  @Test
  void shouldReadLogsOfVersion1ForEver() {
    ProfileState state = golden();
    byte[] body = codec.encode(state);
    state.log().clear();
    applySome(state);

    ProfileState replayed = codec.decode(body);
    codec.replay(replayed, HexFormat.of().parseHex(resource("log-v1.hex").strip()));

    assertThat(codec.encode(replayed)).isEqualTo(codec.encode(state));
    assertThat(HexFormat.of().formatHex(codec.encodeLog(state)))
        .isEqualTo(resource("log-v1.hex").strip());
  }

  @Test
  void shouldWriteAShorterLogThatRefersToTheStoredState() {
    ProfileState cleared = golden();
    cleared.log().clear();
    applySome(cleared);
    ProfileState stored = golden();
    byte[] body = codec.encode(stored);
    codec.stored(stored);
    applySome(stored);
    byte[] log = codec.encodeLog(stored);
    ProfileState replayed = codec.decode(body);
    codec.replay(replayed, log);

    assertThat(log).hasSizeLessThan(codec.encodeLog(cleared).length - 20);
    assertThat(codec.encode(replayed)).isEqualTo(codec.encode(stored));
    assertThat(codec.encodeLog(replayed)).isEqualTo(log);
  }

  @Test
  void shouldWriteTheSameForTheSameEvents() {
    assertThat(HexFormat.of().formatHex(codec.encode(golden())))
        .isEqualTo(resource("profile-v2.hex").strip());
  }

  @Test
  void shouldWriteTheSameWhetherOrNotItCanCopyWhatHasNotChanged() {
    Random random = new Random(6);
    for (int history = 0; history < 500; history++) {
      ProfileState written = engine.newState();
      ProfileState fresh = engine.newState();
      long now = START;
      for (int i = 0; i < 150; i++) {
        now += random.nextInt(2) * random.nextLong(history * 4L * MINUTE + 1);
        String type = List.of("order", "visit", "call").get(random.nextInt(3));
        Map<String, Object> properties =
            random.nextBoolean()
                ? Map.of("product", "p" + random.nextInt(9))
                : Map.of("revenue", random.nextInt(99) / 4.0, "product", "q" + i);
        Event event = event(type, i, now - random.nextInt(3) * MINUTE, properties);
        engine.apply(written, event);
        engine.apply(fresh, event);
        byte[] bytes = codec.encode(written);
        if (random.nextInt(5) == 0) {
          written = codec.decode(bytes);
        }
      }

      assertThat(codec.encode(written)).isEqualTo(codec.encode(fresh));
    }
  }

  @Test
  void shouldWriteAnEmptyStateInAFewBytes() {
    ProfileState empty = engine.newState();

    assertThat(codec.encode(empty)).hasSizeLessThan(30);
    assertThat(codec.decode(codec.encode(empty)).isEmpty()).isTrue();
  }

  @Test
  void shouldWriteTimesOnceForSeriesThatShareThem() {
    FeatureEngine one =
        engine(
            """
            series: {orders: {event: order}}
            features: {orders: {aggregate: count, series: orders, window: 7d}}
            """);
    FeatureEngine two =
        engine(
            """
            series: {orders: {event: order}, revenue: {event: order, property: revenue}}
            features: {orders: {aggregate: count, series: orders, window: 7d}}
            """);
    ProfileState ofOne = one.newState();
    ProfileState ofTwo = two.newState();
    for (int i = 0; i < 20; i++) {
      Event order = event("order", i, START + i * 1_234_567L, Map.of("revenue", 1.5 * i));
      one.apply(ofOne, order);
      two.apply(ofTwo, order);
    }

    int withTimesOnly = new ProfileCodec(one).encode(ofOne).length;
    int withValues = new ProfileCodec(two).encode(ofTwo).length;

    // ID, flags, and at most 2 bytes a value.
    assertThat(withValues - withTimesOnly).isLessThanOrEqualTo(4 + 4 + 2 * 20);
    assertThat(
            new ProfileCodec(two)
                .encode(new ProfileCodec(two).decode(new ProfileCodec(two).encode(ofTwo))))
        .isEqualTo(new ProfileCodec(two).encode(ofTwo));
  }

  @Test
  void shouldDropASeriesThatIsNoLongerDeclaredAndBeginANewOneEmpty() {
    FeatureEngine other =
        engine(
            """
            series:
              refunds: {event: refund}
              visits_renamed: {event: visit, retention: 90d}
            features:
              refunds: {aggregate: count, series: refunds, window: 7d}
              visits: {aggregate: count, series: visits_renamed, window: lifetime}
            """);
    ProfileState state = golden();

    ProfileState read = new ProfileCodec(other).decode(codec.encode(state));

    double[] vector = new double[2];
    other.vector(read, state.newestEventMillis(), vector);
    assertThat(vector).containsExactly(0, 100);
    assertThat(new ProfileCodec(other).encode(read).length)
        .isLessThan(codec.encode(state).length / 2);
    assertThat(read.newestEventMillis()).isEqualTo(state.newestEventMillis());
  }

  @Test
  void shouldAnswerANewFeatureOverATrackedTypeFromHistory() {
    FeatureEngine later =
        engine(
            """
            track: all
            series:
              calls: {event: call}
              call_revenue: {event: call, property: revenue}
            features:
              calls: {aggregate: count, series: calls, window: lifetime}
              calls_20d: {aggregate: count, series: calls, window: 20d}
              call_revenue: {aggregate: sum, series: call_revenue, window: lifetime}
            """);
    ProfileState state = golden();
    applySome(state);

    ProfileState read = new ProfileCodec(later).decode(codec.encode(state));

    double[] vector = new double[3];
    later.vector(read, state.newestEventMillis(), vector);
    assertThat(vector[0]).isCloseTo(26.0 / 3, within(1e-12));
    assertThat(later.schema().names()).containsExactly("call_revenue", "calls", "calls_20d");
    assertThat(vector[1]).isEqualTo(10);
    assertThat(vector[2]).isEqualTo(7);
  }

  @Test
  void shouldSaySinceWhenASeriesIsTrackedThatIsNew() {
    FeatureEngine other =
        engine(
            """
            series:
              refunds: {event: refund}
              visits: {event: visit, retention: 60d}
            features:
              refunds: {aggregate: count, series: refunds, window: 7d}
            """);
    ProfileState state = golden();

    ProfileState read = new ProfileCodec(other).decode(codec.encode(state));
    ProfileState again = new ProfileCodec(other).decode(new ProfileCodec(other).encode(read));

    List<Long> since =
        IntStream.range(0, 2).mapToObj(i -> again.series(i).since()).sorted().toList();
    assertThat(since).containsExactly(SeriesState.NEVER, state.newestEventMillis());
  }

  @Test
  void shouldRefuseAVersionThatItDoesNotKnow() {
    byte[] bytes = codec.encode(golden());
    bytes[0] = 3;

    assertThatExceptionOfType(CorruptStateException.class)
        .isThrownBy(() -> codec.decode(bytes))
        .withMessage(
            "not the state of a profile: its version is 3, this release reads versions up to 2 (at byte 1)");
  }

  @Test
  void shouldRefuseEveryStateThatIsCutShortOrTooLong() {
    byte[] bytes = codec.encode(golden());

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(CorruptStateException.class).isThrownBy(() -> codec.decode(cut));
    }
    assertThatExceptionOfType(CorruptStateException.class)
        .isThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .withMessageContaining("bytes are left over");
  }

  @Test
  void shouldRefuseOrReadWhateverBytesCome() {
    byte[] bytes = codec.encode(golden());
    Random random = new Random(7);
    double[] vector = new double[engine.schema().size()];
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] mutated = mutated(bytes, random);
      try {
        ProfileState state = codec.decode(mutated);
        // What it accepts, it can work with and write again.
        if (!state.isEmpty()) {
          engine.apply(state, event("order", i, state.newestEventMillis(), Map.of("revenue", 1.0)));
          engine.vector(state, state.newestEventMillis(), vector);
        }
        byte[] again = codec.encode(state);
        assertThat(codec.encode(codec.decode(again))).isEqualTo(again);
        read++;
      } catch (CorruptStateException e) {
        assertThat(e).hasMessageContaining("at byte");
      }
    }
    assertThat(read).isBetween(1, 49_999);
  }

  @Test
  void shouldRefuseOrReadPureNoise() {
    Random random = new Random(8);
    for (int i = 0; i < 50_000; i++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      if (noise.length > 1) {
        noise[0] = ProfileCodec.VERSION;
      }
      try {
        codec.encode(codec.decode(noise));
      } catch (CorruptStateException e) {
        assertThat(e).hasMessageContaining("at byte");
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutated = bytes.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutated.length);
      mutated[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xFF;
            case 1 -> 0;
            case 2 -> (byte) (mutated[at] ^ (1 << random.nextInt(8)));
            default -> (byte) random.nextInt(256);
          };
    }
    if (random.nextInt(5) == 0) {
      int from = random.nextInt(mutated.length);
      int length = random.nextInt(mutated.length - from);
      byte[] shorter = new byte[mutated.length - length];
      System.arraycopy(mutated, 0, shorter, 0, from);
      System.arraycopy(mutated, from + length, shorter, from, mutated.length - from - length);
      return shorter;
    }
    return mutated;
  }

  /** A profile with held events, tiles, events beyond the retention, and a type of no series. */
  private ProfileState golden() {
    ProfileState state = engine.newState();
    for (int i = 0; i < 300; i++) {
      Map<String, Object> properties =
          i % 7 == 0
              ? Map.of("product", "p" + i % 11)
              : Map.of("revenue", i * 1.25 - 20, "product", "p" + i);
      engine.apply(state, event("order", i, START + i * 180L * MINUTE + i, properties));
      if (i % 3 == 0) {
        engine.apply(state, event("visit", 1_000 + i, START + i * 181L * MINUTE, Map.of()));
      }
      if (i % 50 == 0) {
        engine.apply(state, event("call", 2_000 + i, START + i * 181L * MINUTE, Map.of()));
      }
    }
    return state;
  }

  private void applySome(ProfileState state) {
    long now = state.newestEventMillis();
    for (int i = 0; i < 12; i++) {
      String type = List.of("order", "visit", "call").get(i % 3);
      Map<String, Object> properties = Map.of("revenue", i / 3.0, "product", "p" + i);
      engine.apply(state, event(type, 3_000 + i, now + (i - 3) * MINUTE, properties));
    }
  }

  private static List<String> described(FeatureEngine engine, ProfileState state) {
    double[] vector = new double[engine.schema().size()];
    engine.vector(state, state.newestEventMillis() + 60 * MINUTE, vector);
    return IntStream.range(0, vector.length)
        .mapToObj(i -> engine.schema().names().get(i) + " " + vector[i])
        .toList();
  }

  private static String name(String described) {
    return described.substring(0, described.indexOf(' '));
  }

  private static double value(String described) {
    return Double.parseDouble(described.substring(described.indexOf(' ')));
  }

  private static Event event(String type, int id, long time, Map<String, Object> properties) {
    return Event.newBuilder()
        .setEventId("event-" + id)
        .setType(type)
        .setOccurredAt(Instant.ofEpochMilli(time))
        .setProperties(new LinkedHashMap<>(properties))
        .build();
  }

  private static FeatureEngine engine(String yaml) {
    return new FeatureEngine(FeatureDeclarations.parse(yaml, "test"));
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ProfileCodecTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }
}
