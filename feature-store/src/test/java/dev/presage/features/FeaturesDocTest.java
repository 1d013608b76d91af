package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Executes what {@code docs/features.md} shows. */
class FeaturesDocTest {
  static Stream<String> declarations() throws IOException {
    return DocExamples.declarations().stream();
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void shouldShowDeclarationsThatAreRight(String yaml) {
    assertThat(FeatureDeclarations.parse(yaml, "docs/features.md").features()).isNotEmpty();
  }

  static Stream<DocExamples.Example> examples() throws IOException {
    return DocExamples.withValues().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldShowTheFeaturesThatComeOut(DocExamples.Example example) {
    FeatureEngine engine =
        new FeatureEngine(FeatureDeclarations.parse(example.yaml(), "docs/features.md"));
    ProfileState state = engine.newState();
    String[] columns = example.events().getFirst().split(",");
    example.events().stream().skip(1).forEach(line -> apply(engine, state, columns, line));
    double[] vector = new double[engine.schema().size()];

    engine.vector(state, example.asOf().toEpochMilli(), vector);

    List<String> computed = new ArrayList<>();
    for (int i = 0; i < vector.length; i++) {
      computed.add(engine.schema().names().get(i) + " " + number(vector[i]));
    }
    assertThat(computed).isEqualTo(example.values());
  }

  @Test
  void shouldShowValuesOfEverySectionThatNeedsThem() throws IOException {
    assertThat(DocExamples.withValues()).hasSize(3);
  }

  private static void apply(
      FeatureEngine engine, ProfileState state, String[] columns, String line) {
    String[] cells = line.split(",", -1);
    Map<String, Object> properties = new HashMap<>();
    for (int i = 2; i < columns.length; i++) {
      if (cells[i].matches("[0-9.]+")) {
        properties.put(columns[i], Double.valueOf(cells[i]));
      } else if (!cells[i].isEmpty()) {
        properties.put(columns[i], cells[i]);
      }
    }
    long time = Instant.parse(cells[0]).toEpochMilli();
    assertThat(engine.apply(state, Events.event(line, cells[1], time, properties)))
        .isEqualTo(ApplyOutcome.APPLIED);
  }

  /** Writes a number as the docs show it, to nine digits. */
  private static String number(double value) {
    return new BigDecimal(value, new MathContext(9)).stripTrailingZeros().toPlainString();
  }
}
