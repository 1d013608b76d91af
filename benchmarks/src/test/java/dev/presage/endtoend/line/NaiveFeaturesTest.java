package dev.presage.endtoend.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.ShopProfile;
import dev.presage.features.ShopProfile.Detail;
import dev.presage.schemas.avro.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NaiveFeaturesTest {
  private static final FeatureEngine ENGINE = new FeatureEngine(ShopProfile.declarations());

  /** Few enough of a type that the engine is exact. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeThoseOfTheEngine(long seed) {
    int events = (int) (1 + seed * 25);
    List<Event> history = new ShopProfile(events, 5, 400, Detail.ALL, seed).history().toList();
    ProfileState state = ENGINE.newState();
    history.forEach(event -> ENGINE.apply(state, event));
    double[] vector = new double[ENGINE.schema().names().size()];
    ENGINE.vector(state, state.newestEventMillis(), vector);

    Map<String, Double> features =
        NaiveFeatures.compute(
            history.stream().map(NaiveEvent::of).toList(), state.newestEventMillis());

    assertThat(features.keySet()).containsExactlyElementsOf(ENGINE.schema().names());
    int i = 0;
    for (Map.Entry<String, Double> feature : features.entrySet()) {
      double expected = vector[i++];
      if (Double.isNaN(expected)) {
        assertThat(feature.getValue()).as(feature.getKey()).isNaN();
      } else {
        assertThat(feature.getValue())
            .as(feature.getKey())
            .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      }
    }
  }
}
