package dev.presage.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.local.definitions.SegmentFile;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.rules.DefinitionDecision;
import dev.presage.scoring.rules.NameId;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.SegmentMembership;
import dev.presage.scoring.rules.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of {@code docs/segments.md}, and where their thresholds lie. */
@SuppressWarnings("NullAway.Init") // JUnit calls compile() first.
class ReadyMadeSegmentsTest {
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final String TRAIT = "lifetime-value";

  @TempDir private Path folder;
  private RuleBook book;

  private record In(int segmentId, long sinceMillis) implements SegmentMembership {}

  @BeforeEach
  void compile() throws IOException {
    FeatureSchema schema =
        new FeatureEngine(FeatureDeclarations.parse(example("features:").getFirst(), "docs"))
            .schema();
    book =
        new RuleBook(
            schema, new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint()));
    book.trait(TRAIT, trait(TRAIT));
    book.trait("likelihood-to-repurchase-30d", trait("likelihood-to-repurchase-30d"));
    for (String example : example("segmentations:")) {
      Path file = Files.writeString(folder.resolve("segments.yaml"), example);
      for (SegmentDefinition definition : SegmentFile.read(file)) {
        DefinitionDecision decision =
            book.segmentation(definition.getSegmentation(), definition).getFirst();
        assertThat(decision.problems()).isEmpty();
        assertThat(decision.outcome()).isEqualTo(DefinitionOutcome.ACCEPTED);
      }
    }
  }

  @Test
  void shouldHaveEveryExampleInEffect() {
    assertThat(book.current().segmentations())
        .extracting(Segmentation::name)
        .containsExactly(
            "lifecycle", "novelty", "price-behaviour", "repurchase", "spending", "value");
  }

  @ParameterizedTest
  @CsvSource({
    "100,  ,       high",
    "80,   ,       high",
    "79.9, ,       medium",
    "79.9, high,   high",
    "72,   high,   high",
    "71.9, high,   medium",
    "50,   ,       medium",
    "49.9, ,       low",
    "49.9, medium, medium",
    "45,   medium, medium",
    "44.9, medium, low",
    "44.9, high,   low",
    "80,   medium, high",
    "50,   low,    medium",
    "0,    ,       low",
  })
  void shouldSortByPercentileOfLifetimeValue(
      double percentile, @Nullable String current, String segment) {
    double[] slots = slots();
    slots[
            book.current().traits().stream()
                .filter(it -> it.name().equals(TRAIT))
                .findFirst()
                .orElseThrow()
                .percentileSlot()] =
        percentile;

    assertThat(decide("value", current, slots)).isEqualTo(segment);
  }

  @ParameterizedTest
  @CsvSource({
    "1000,  ,       high",
    "999.9, ,       medium",
    "900,   high,   high",
    "899.9, high,   medium",
    "200,   ,       medium",
    "199.9, ,       low",
    "180,   medium, medium",
    "179.9, medium, low",
    "-5,    ,       low",
  })
  void shouldSortByAnAmount(double revenue, @Nullable String current, String segment) {
    assertThat(decide("spending", current, slots("revenue_lifetime", revenue))).isEqualTo(segment);
  }

  @ParameterizedTest
  @CsvSource({
    "0,  NaN,   prospect",
    "1,  0,     one-time-potential-repeat",
    "1,  29.99, one-time-potential-repeat",
    "1,  30,    one-time-at-risk",
    "1,  89.99, one-time-at-risk",
    "1,  90,    one-time-lost",
    "2,  0,     repeat-loyal",
    "2,  29.99, repeat-loyal",
    "2,  30,    repeat-breaking-away",
    "2,  59.99, repeat-breaking-away",
    "2,  60,    repeat-at-risk",
    "40, 179.9, repeat-at-risk",
    "40, 180,   repeat-lost",
  })
  void shouldSortByOrdersAndTheTimeSinceTheLast(double orders, double days, String segment) {
    double[] slots = slots("orders_lifetime", orders);
    slots[slot("days_since_last_order")] = days;

    assertThat(decide("lifecycle", null, slots)).isEqualTo(segment);
    for (String current : List.of("prospect", "one-time-lost", "repeat-loyal", "repeat-lost")) {
      assertThat(decide("lifecycle", current, slots)).as("from %s", current).isEqualTo(segment);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,  ,           unknown",
    "0,    ,           full-price",
    "0.49, ,           full-price",
    "0.5,  ,           value",
    "0.5,  full-price, value",
    "0.4,  value,      value",
    "0.39, value,      full-price",
    "NaN,  value,      unknown",
  })
  void shouldSortByTheShareOfDiscountedOrders(
      double share, @Nullable String current, String segment) {
    assertThat(decide("price-behaviour", current, slots("discounted_share", share)))
        .isEqualTo(segment);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN,   ,             unknown",
    "0,     ,             trend-setter",
    "14,    ,             trend-setter",
    "14.01, ,             follower",
    "15.4,  trend-setter, trend-setter",
    "15.41, trend-setter, follower",
    "15.4,  follower,     follower",
  })
  void shouldSortByTheTimeAfterRelease(double days, @Nullable String current, String segment) {
    assertThat(decide("novelty", current, slots("days_after_release", days))).isEqualTo(segment);
  }

  /** Long after any dwell. */
  private @Nullable String decide(String segmentation, @Nullable String current, double[] slots) {
    In in = current == null ? null : new In(NameId.of(current), 0);
    return book.current().segmentations().stream()
        .filter(it -> it.name().equals(segmentation))
        .findFirst()
        .orElseThrow()
        .decide(in, slots, Duration.ofDays(1000).toMillis())
        .segment();
  }

  private double[] slots(String feature, double value) {
    double[] slots = slots();
    slots[slot(feature)] = value;
    return slots;
  }

  private double[] slots() {
    ScoringRules rules = book.current();
    double[] slots = new double[rules.slots()];
    Arrays.fill(slots, Double.NaN);
    return slots;
  }

  private int slot(String feature) {
    return book.current().schema().names().indexOf(feature);
  }

  private static TraitDefinition trait(String name) {
    return TraitDefinition.newBuilder()
        .setTrait(name)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(Duration.ofDays(365).toMillis())
        .build();
  }

  private static List<String> example(String having) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "segments.md"));
    List<String> examples =
        YAML.matcher(page)
            .results()
            .map((MatchResult it) -> Objects.requireNonNull(it.group(1)))
            .filter(it -> it.contains(having))
            .toList();
    assertThat(examples).isNotEmpty();
    return examples;
  }
}
