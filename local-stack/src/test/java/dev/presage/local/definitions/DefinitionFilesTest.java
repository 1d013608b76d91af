package dev.presage.local.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.LargestDiscount;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.schemas.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                ranked: sometimes
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
            "traits[0].ranked is 'sometimes'; expected true or false",
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
  void shouldReadATriggerAsTheDocumentationWritesIt() throws IOException {
    TriggerDefinition trigger = TriggerFile.read(documented("win-back")).getFirst();

    assertThat(trigger.getTrigger()).isEqualTo("win-back");
    assertThat(trigger.getEntityType()).isEqualTo("customer");
    assertThat(trigger.getOn())
        .isEqualTo(
            new TriggerOccasion(
                new SegmentMove("repurchase", "likely", "unlikely"), null, null, null));
    assertThat(trigger.getAudience()).startsWith("orders_lifetime >= 2");
    assertThat(trigger.getOffer())
        .isEqualTo(Map.of("discountPercent", 10L, "code", "COMEBACK", "freeShipping", true));
    assertThat(trigger.getCaps())
        .isEqualTo(
            new TriggerCaps(
                Duration.ofDays(30).toMillis(),
                new WindowCap(3L, Duration.ofDays(365).toMillis()),
                new WindowCap(500L, Duration.ofDays(1).toMillis()),
                new LargestDiscount("discountPercent", 15.0)));
    assertThat(trigger.getHoldoutShare()).isEqualTo(0.1);
    assertThat(trigger.getLatenessMillis()).isEqualTo(Duration.ofDays(30).toMillis());
  }

  @Test
  void shouldReadATriggerOfItemsForCustomersAsTheDocumentationWritesIt() throws IOException {
    TriggerDefinition trigger = TriggerFile.read(documented("last-chance")).getFirst();

    assertThat(trigger.getEntityType()).isEqualTo("item");
    assertThat(trigger.getOn())
        .isEqualTo(
            new TriggerOccasion(
                null, null, null, new DateReached("expires_at", -Duration.ofDays(7).toMillis())));
    assertThat(trigger.getAudience()).isEqualTo("sales_7d < 3");
    assertThat(trigger.getRecipients())
        .isEqualTo(
            new TriggerRecipients(
                "customer", "orders_lifetime >= 2 && traits[\"price-sensitivity\"] > 0.6"));
  }

  @Test
  void shouldReadDates() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("triggers.yaml"),
            """
            triggers:
              - {trigger: at, on: {date: {feature: renews_at}}}
              - {trigger: after, on: {date: {feature: renews_at, after: 12h}}}
            """);

    assertThat(TriggerFile.read(file))
        .extracting(it -> it.getOn().getDate(), TriggerDefinition::getRecipients)
        .containsExactly(
            tuple(new DateReached("renews_at", 0L), null),
            tuple(new DateReached("renews_at", Duration.ofHours(12).toMillis()), null));
  }

  @Test
  void shouldNameWhatIsWrongWithADate() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("triggers.yaml"),
            """
            triggers:
              - {trigger: both, on: {date: {feature: renews_at, before: 1d, after: 1d}}}
              - {trigger: none, on: {date: {before: soon}}}
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> TriggerFile.read(file));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "triggers[0].on.date.before is there beside after; one of them can hold",
            "triggers[1].on.date.before is 'soon'; expected a time such as 30d",
            "triggers[1].on.date.feature is missing");
  }

  /** The example of the page on triggers that begins with a trigger. */
  private Path documented(String trigger) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "triggers.md"));
    String opening = "```yaml\n";
    int start = page.indexOf(opening + "triggers:\n  - trigger: " + trigger) + opening.length();
    return Files.writeString(
        folder.resolve("triggers.yaml"), page.substring(start, page.indexOf("```", start)));
  }

  @Test
  void shouldReadTriggersOnTraitsAndSilence() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("triggers.yaml"),
            """
            triggers:
              - {trigger: rising, on: {trait: {trait: churn, threshold: 0.8, direction: up}}}
              - {trigger: falling, on: {trait: {trait: value, threshold: 20, direction: down}}}
              - {trigger: silent, lateness: 12h, on: {silence: {atLeast: 30d}}}
            """);

    List<TriggerDefinition> triggers = TriggerFile.read(file);

    assertThat(triggers)
        .extracting(TriggerDefinition::getOn)
        .containsExactly(
            new TriggerOccasion(
                null, new TraitCrossing("churn", 0.8, CrossingDirection.UP), null, null),
            new TriggerOccasion(
                null, new TraitCrossing("value", 20.0, CrossingDirection.DOWN), null, null),
            new TriggerOccasion(
                null, null, new SilenceReached(Duration.ofDays(30).toMillis()), null));
    assertThat(triggers.getLast().getLatenessMillis()).isEqualTo(Duration.ofHours(12).toMillis());
    assertThat(triggers.getLast().getCaps())
        .isEqualTo(TriggerDefinition.newBuilder(triggers.getFirst()).build().getCaps());
  }

  @Test
  void shouldNameEverythingThatIsWrongWithATrigger() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("triggers.yaml"),
            """
            triggers:
              - trigger: win-back
                on:
                  trait: {trait: churn, direction: sideways}
                  silence: {}
                offer: {code: [A, B]}
                caps:
                  coolDown: soon
                  perProfile: {most: 0, window: 1d}
                  total: {window: 1d}
                  largestDiscount: {field: code, most: many}
                holdout: 2
              - {trigger: win-back, on: {}}
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> TriggerFile.read(file));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "triggers[0].on.trait.direction is 'sideways'; expected up or down",
            "triggers[0].on.trait.threshold is missing",
            "triggers[0].on.silence.atLeast is missing",
            "triggers[0].on must have one of segment, trait, silence and date",
            "triggers[0].offer.code must be a text, a number, true or false",
            "triggers[0].caps.coolDown is 'soon'; expected a time such as 30d",
            "triggers[0].caps.perProfile.most is '0'; expected a whole number of at least 1",
            "triggers[0].caps.total.most is missing",
            "triggers[0].caps.largestDiscount.most is 'many'; expected a number",
            "triggers[0].holdout is '2'; expected a number from 0 to 1",
            "triggers[1].trigger is there twice: 'win-back'",
            "triggers[1].on must have one of segment, trait, silence and date");
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

  @Test
  void shouldReadTheMinimumDwell() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            segmentations:
              - {segmentation: a, minDwell: 7d, segments: [{segment: all, enter: "true"}]}
              - {segmentation: b, segments: [{segment: all, enter: "true"}]}
            """);

    assertThat(SegmentFile.read(file))
        .extracting(it -> Duration.ofMillis(it.getMinDwellMillis()))
        .containsExactly(Duration.ofDays(7), Duration.ZERO);
  }

  @Test
  void shouldExpandAReadyMadeSegmentationToPlainRules() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            segmentations:
              - segmentation: worth
                readyMade: value
                minDwell: 12h
                parameters: {value: revenue_lifetime, high: 2500.50, medium: 1e3, margin: 0.2}
            """);

    SegmentDefinition worth = SegmentFile.read(file).getFirst();

    assertThat(worth.getSegmentation()).isEqualTo("worth");
    assertThat(worth.getDescription()).isEqualTo("Lifetime value: high, medium or low.");
    assertThat(Duration.ofMillis(worth.getMinDwellMillis())).isEqualTo(Duration.ofHours(12));
    assertThat(worth.getSegments())
        .containsExactly(
            new Segment("high", "revenue_lifetime >= 2500.5", "revenue_lifetime >= 2000.4"),
            new Segment(
                "medium",
                "revenue_lifetime >= 1000",
                "revenue_lifetime >= 800 && revenue_lifetime < 2500.5"),
            new Segment("low", "true", null));
  }

  @Test
  void shouldNameEverythingThatIsWrongWithParameters() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("segments.yaml"),
            """
            segmentations:
              - {segmentation: a, readyMade: lifecicle, parameters: {orders: orders_lifetime}}
              - segmentation: b
                readyMade: lifecycle
                minDwell: a week
                segments: [{segment: all, enter: "true"}]
                parameters:
                  order: orders_lifetime
                  daysSinceLast: Days since
                  oneTimeLostAfter: 20d
                  repeatAtRiskAfter: 100d
              - {segmentation: c, readyMade: value, parameters: {value: revenue_lifetime, high: 100}}
              - {segmentation: d, readyMade: value, parameters: {high: 120, medium: 90, margin: 1}}
              - {segmentation: e, readyMade: price-behaviour, parameters: {valueFrom: 0.05}}
              - {segmentation: f, readyMade: novelty, parameters: {trendSetterWithin: soon}}
              - {segmentation: g, parameters: {high: 1}, segments: [{segment: all, enter: "true"}]}
            """);

    InvalidFileException thrown =
        catchThrowableOfType(InvalidFileException.class, () -> SegmentFile.read(file));

    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "segmentations[0].readyMade is 'lifecicle'; expected one of value, lifecycle,"
                + " price-behaviour, novelty",
            "segmentations[1].segments stands beside readyMade; expected one of the two",
            "segmentations[1].minDwell is 'a week'; expected a time such as 30d",
            "segmentations[1].parameters.order is not known; did you mean orders?",
            "segmentations[1].parameters.daysSinceLast is 'Days since'; expected the name of a"
                + " feature such as revenue_lifetime, or traits[\"name\"], or"
                + " percentiles[\"name\"]",
            "segmentations[1].parameters.oneTimeLostAfter is 20d; expected more than"
                + " oneTimeAtRiskAfter, which is 30d",
            "segmentations[1].parameters.repeatAtRiskAfter is 100d; expected less than"
                + " repeatLostAfter, which is 90d",
            "segmentations[2].parameters.medium is missing: an amount of revenue_lifetime has no"
                + " default; give one, or leave out value to go by rank",
            "segmentations[3].parameters.high is '120'; expected a number from 0 to 100",
            "segmentations[3].parameters.medium is 90; expected less than high, which is 80",
            "segmentations[3].parameters.margin is 1, and nobody would leave; expected less than 1",
            "segmentations[4].parameters.margin is 0.1, and nobody would leave; expected less than"
                + " 0.05",
            "segmentations[5].parameters.trendSetterWithin is 'soon'; expected a time such as 30d",
            "segmentations[6].parameters are those of a readyMade segmentation; here is none");
  }
}
