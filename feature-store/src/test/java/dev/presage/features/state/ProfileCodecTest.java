package dev.presage.features.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
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
  private static final String YAML = resource("golden.yaml");
  private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private final FeatureEngine engine = engine(YAML);
  private final ProfileCodec codec = new ProfileCodec(engine);

  @Test
  void shouldReadStatesOfVersion1ForEver() {
    byte[] golden = HexFormat.of().parseHex(resource("profile-v1.hex").strip());

    ProfileState state = codec.decode(golden);

    assertThat(described(state)).isEqualTo(resource("profile-v1.txt").lines().toList());
  }

  @Test
  void shouldWriteWhatItReads() {
    byte[] golden = HexFormat.of().parseHex(resource("profile-v1.hex").strip());

    assertThat(codec.encode(codec.decode(golden))).isEqualTo(golden);
  }

  @Test
  void shouldWriteTheSameForTheSameEvents() {
    assertThat(HexFormat.of().formatHex(codec.encode(golden())))
        .isEqualTo(resource("profile-v1.hex").strip());
  }

  @Test
  void shouldWriteAnEmptyStateInFiveBytes() {
    byte[] bytes = codec.encode(engine.newState());

    assertThat(bytes).containsExactly(1, 0, 0, 0, 0);
    assertThat(codec.decode(bytes).isEmpty()).isTrue();
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

    // ID, flags, the reference, and at most 2 bytes a value.
    assertThat(withValues - withTimesOnly).isLessThanOrEqualTo(4 + 1 + 1 + 2 * 20);
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
              calls: {event: call}
              visits_renamed: {event: visit, retention: 90d}
            features:
              calls: {aggregate: count, series: calls, window: 7d}
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
  void shouldRefuseAVersionThatItDoesNotKnow() {
    byte[] bytes = codec.encode(golden());
    bytes[0] = 2;

    assertThatExceptionOfType(CorruptStateException.class)
        .isThrownBy(() -> codec.decode(bytes))
        .withMessage(
            "not the state of a profile: its version is 2, this release reads versions up to 1 (at byte 1)");
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
        noise[1] = 0;
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

  /** A profile with held events, tiles, and events beyond the retention. */
  private ProfileState golden() {
    ProfileState state = engine.newState();
    for (int i = 0; i < 300; i++) {
      Map<String, Object> properties = i % 7 == 0 ? Map.of() : Map.of("revenue", i * 1.25 - 20);
      engine.apply(state, event("order", i, START + i * 180L * MINUTE + i, properties));
      if (i % 3 == 0) {
        engine.apply(state, event("visit", 1_000 + i, START + i * 181L * MINUTE, Map.of()));
      }
    }
    return state;
  }

  private List<String> described(ProfileState state) {
    double[] vector = new double[engine.schema().size()];
    engine.vector(state, state.newestEventMillis() + 60 * MINUTE, vector);
    return IntStream.range(0, vector.length)
        .mapToObj(i -> engine.schema().names().get(i) + " " + vector[i])
        .toList();
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
