package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  @Test
  void shouldShowTheFeaturesThatComeOut() throws IOException {
    FeatureEngine engine =
        new FeatureEngine(
            FeatureDeclarations.parse(DocExamples.fences("yaml").getFirst(), "docs/features.md"));
    ProfileState state = engine.newState();
    DocExamples.fences("csv")
        .getFirst()
        .lines()
        .skip(1)
        .forEach(line -> apply(engine, state, line));
    Matcher asOf =
        Pattern.compile("as of ([0-9TZ:-]+) are").matcher(Files.readString(DocExamples.FILE));
    assertThat(asOf.find()).isTrue();
    double[] vector = new double[engine.schema().size()];

    engine.vector(state, Instant.parse(asOf.group(1)).toEpochMilli(), vector);

    List<String> shown =
        DocExamples.fences("text")
            .getFirst()
            .lines()
            .map(line -> line.replaceAll(" +", " "))
            .toList();
    List<String> computed = new ArrayList<>();
    for (int i = 0; i < vector.length; i++) {
      computed.add(engine.schema().names().get(i) + " " + number(vector[i]));
    }
    assertThat(computed).isEqualTo(shown);
  }

  private static void apply(FeatureEngine engine, ProfileState state, String line) {
    String[] cells = line.split(",", -1);
    long time = Instant.parse(cells[0]).toEpochMilli();
    Map<String, Object> properties = Map.of("revenue", Double.valueOf(cells[2]));
    assertThat(engine.apply(state, Events.event(line, cells[1], time, properties)))
        .isEqualTo(ApplyOutcome.APPLIED);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
