package dev.presage.local.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.presage.local.yaml.InvalidFileException;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFilesTest {

  @TempDir Path folder;

  @Test
  void shouldReadTheTraitOfTheSample() {
    TraitDefinition trait = TraitFile.read(Path.of("demo", "traits.yaml")).getFirst();

    assertThat(trait.getTrait()).isEqualTo("likelihood-to-repurchase-30d");
    assertThat(trait.getEligibility()).isEqualTo("orders_lifetime >= 1");
    assertThat(trait.getTarget().getEventType()).isEqualTo("order_completed");
    assertThat(Duration.ofMillis(trait.getHorizonMillis())).isEqualTo(Duration.ofDays(30));
    assertThat(trait.getExampleShare()).isEqualTo(1.0);
    assertThat(trait.getTolerance()).isEqualTo(0.01);
    assertThat(trait.getReasons()).isEqualTo(3);
  }

  @Test
  void shouldReadTheSegmentsOfTheSample() {
    SegmentDefinition segmentation = SegmentFile.read(Path.of("demo", "segments.yaml")).getFirst();

    assertThat(segmentation.getSegmentation()).isEqualTo("repurchase");
    assertThat(segmentation.getSegments())
        .extracting(Segment::getName)
        .containsExactly("likely", "unlikely", "undecided");
    assertThat(segmentation.getSegments().getLast().getEnter()).isEqualTo("true");
  }

  @Test
  void shouldNameEverythingThatIsWrongWithATrait() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("traits.yaml"),
            """
            traits:
              - trait: Likely to buy
                kind: hunch
                target: {eventTyp: order_completed}
                horizon: a month
                exampleShare: 3
                tolerance: -1
                reasons: 101
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> TraitFile.read(file));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "traits[0].trait is 'Likely to buy'; expected lower-case letters, digits and hyphens",
            "traits[0].kind is 'hunch'; expected likelihood, value or class",
            "traits[0].target.eventType is missing",
            "traits[0].horizon is 'a month'; expected a time such as 30d",
            "traits[0].exampleShare is '3'; expected a number from 0 to 1",
            "traits[0].tolerance is '-1'; expected a number of at least 0",
            "traits[0].reasons is '101'; expected a whole number from 0 to 100",
            "traits[0].target.eventTyp is not known; did you mean eventType?");
  }

  @Test
  void shouldRefuseTwoDefinitionsOfOneName() throws IOException {
    Path traits =
        Files.writeString(
            folder.resolve("traits.yaml"),
            """
            traits:
              - {trait: again, horizon: 30d, target: {eventType: order_completed}}
              - {trait: again, horizon: 90d, target: {eventType: order_completed}}
            """);
    Path segments =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            segmentations:
              - {segmentation: value, segments: [{segment: all, enter: "true"}]}
              - {segmentation: value, segments: [{segment: any, enter: "true"}]}
            """);

    assertThat(
            catchThrowableOfType(InvalidFileException.class, () -> TraitFile.read(traits))
                .problems())
        .containsExactly("traits[1].trait is there twice: 'again'");
    assertThat(
            catchThrowableOfType(InvalidFileException.class, () -> SegmentFile.read(segments))
                .problems())
        .containsExactly("segmentations[1].segmentation is there twice: 'value'");
  }

  @Test
  void shouldNameEverythingThatIsWrongWithASegmentation() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            segmentations:
              - segmentation: value
                segments:
                  - {segment: high, enter: revenue_90d > 100}
                  - {segment: high, enter: revenue_90d > 50}
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> SegmentFile.read(file));

    assertThat(thrown.problems())
        .containsExactly(
            "segmentations[0].segments[1].segment is there twice: 'high'",
            "segmentations[0].segments[1].enter must be \"true\": the last segment takes everybody"
                + " who is left");
  }
}
