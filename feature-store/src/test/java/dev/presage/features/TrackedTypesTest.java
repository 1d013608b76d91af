package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.state.ProfileCodec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Event types that no series names, where all are tracked. */
class TrackedTypesTest {
  private static final long START = 1_700_000_000_000L;

  private final FeatureEngine engine =
      engine("track: {events: all, properties: [price], at_most: 3}");
  private final ProfileState state = engine.newState();

  @Test
  void shouldKeepTypesAndNumericPropertiesThatNobodyDeclared() {
    apply("click", 0, Map.of("price", 2.5));
    apply("click", 1, Map.of());

    assertThat(state.undeclared()).hasSize(2);
    assertThat(state.isCapped()).isFalse();
  }

  @Test
  void shouldCountWhatItLeavesOutAndBeMarked() {
    for (int i = 0; i < 10; i++) {
      apply("type-" + i, i, Map.of());
    }

    ProfileState read = new ProfileCodec(engine).decode(new ProfileCodec(engine).encode(state));

    assertThat(read.undeclared()).hasSize(3);
    assertThat(read.leftOut()).isEqualTo(7);
    assertThat(read.isCapped()).isTrue();
  }

  @Test
  void shouldNotRefuseAnEventForAPropertyThatNobodyDeclaredAsANumber() {
    ApplyOutcome outcome = apply("click", 0, Map.of("price", "free"));

    assertThat(outcome.isApplied()).isTrue();
    assertThat(state.undeclared()).hasSize(1);
  }

  @Test
  void shouldMergeThem() {
    apply("click", 0, Map.of("price", 2.5));
    ProfileState other = engine.newState();
    engine.apply(other, Events.event("b", "click", START + 5, Map.of("price", 4.0)));
    engine.apply(other, Events.event("c", "call", START + 6, Map.of()));

    ProfileState merged = engine.merge(state, other);

    assertThat(merged.undeclared()).hasSize(3);
    assertThat(merged.undeclared().stream().mapToInt(series -> series.held().size()).sum())
        .isEqualTo(5);
  }

  private ApplyOutcome apply(String type, int id, Map<String, Object> properties) {
    return engine.apply(state, Events.event("e" + id, type, START + id, properties));
  }

  private static FeatureEngine engine(String tracking) {
    return new FeatureEngine(
        FeatureDeclarations.parse(
            tracking
                + """

                series: {orders: {event: order}}
                features: {orders: {aggregate: count, series: orders, window: 7d}}
                """,
            "test"));
  }
}
