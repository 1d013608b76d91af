package dev.presage.scoring.rules;

import static dev.presage.scoring.rules.TestRules.rest;
import static dev.presage.scoring.rules.TestRules.segment;
import static dev.presage.scoring.rules.TestRules.segmentation;
import static dev.presage.scoring.rules.TestRules.trait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.DefinitionStatus;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleBookTest {
  private static final SegmentDefinition BY_CHURN =
      segmentation(
          "risk", Duration.ZERO, segment("high", "traits['churn'] > 0.5", null), rest("low"));
  private static final SegmentDefinition BY_ORDERS =
      segmentation("risk", Duration.ZERO, segment("high", "orders_30d == 0", null), rest("low"));
  private static final SegmentDefinition WRONG =
      segmentation("risk", Duration.ZERO, segment("high", "order_30d == 0", null), rest("low"));

  private final RuleBook rules = TestRules.book();

  @Test
  void shouldAcceptAValidDefinition() {
    assertThat(rules.trait("churn", trait("churn"))).containsExactly(accepted("churn"));
    assertThat(rules.segmentation("risk", BY_CHURN))
        .containsExactly(
            new DefinitionDecision(
                DefinitionKind.SEGMENTATION, "risk", DefinitionOutcome.ACCEPTED, List.of(), true));
  }

  @Test
  void shouldRefuseADefinitionWithAllItsProblems() {
    TraitDefinition wrong =
        TraitDefinition.newBuilder(trait("other"))
            .setEligibility("orders_30d >")
            .setTolerance(-1)
            .setHorizonMillis(0)
            .build();

    DefinitionDecision decision = rules.trait("churn", wrong).getFirst();

    assertThat(decision.outcome()).isEqualTo(DefinitionOutcome.REFUSED);
    assertThat(decision.inEffect()).isFalse();
    assertThat(decision.problems())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).contains("key", "'other'"),
            it -> assertThat(it).startsWith("eligibility: "),
            it -> assertThat(it).isEqualTo("tolerance is -1.0; expected 0 or more"),
            it -> assertThat(it).isEqualTo("horizonMillis is 0; expected more than 0"));
  }

  @Test
  void shouldNameEverythingThatIsWrongWithASegmentation() {
    SegmentDefinition wrong =
        new SegmentDefinition(
            "risk",
            "customer",
            "",
            List.of(
                segment("High risk", "orders_30d + 1", "traits['x'] > 1"),
                segment("low", "orders_30d > 1", null),
                segment("low", "orders_30d > 2", null)),
            -1L);

    assertThat(rules.segmentation("risk", wrong).getFirst().problems())
        .satisfiesExactlyInAnyOrder(
            it ->
                assertThat(it)
                    .isEqualTo(
                        "minDwellMillis is -1; expected 0 to 3153600000000, which is 36500 days"),
            it ->
                assertThat(it).startsWith("a segment is named 'High risk'; a name has lower-case"),
            it -> assertThat(it).startsWith("segment High risk, enter: a condition was expected"),
            it -> assertThat(it).startsWith("segment High risk, stay: unknown name 'traits.x'"),
            it ->
                assertThat(it).isEqualTo("segment low: low clashes with low; give it another name"),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "segment low, enter is 'orders_30d > 2'; expected 'true', as the last"
                            + " segment takes everybody who is left"));
  }

  @Test
  void shouldBoundTheNumberOfSegments() {
    Segment[] many =
        IntStream.rangeClosed(0, 100).mapToObj(i -> rest("s-" + i)).toArray(Segment[]::new);

    assertThat(problems(segmentation("risk", Duration.ZERO, many)))
        .containsExactly("it has 101 segments; expected 1 to 100");
    assertThat(problems(segmentation("risk", Duration.ZERO)))
        .containsExactly("it has 0 segments; expected 1 to 100");
  }

  @Test
  void shouldGoOnWithTheLastValidDefinitionWhileTheNewestIsRefused() {
    rules.segmentation("risk", BY_ORDERS);

    DefinitionDecision decision = rules.segmentation("risk", WRONG).getFirst();

    assertThat(decision.outcome()).isEqualTo(DefinitionOutcome.REFUSED);
    assertThat(decision.inEffect()).isTrue();
    assertThat(decision.problems())
        .singleElement()
        .asString()
        .contains("did you mean 'orders_30d'");
    assertThat(rules.current().segmentations()).hasSize(1);
    assertThat(rules.segmentation("risk", BY_ORDERS))
        .extracting(DefinitionDecision::outcome)
        .containsExactly(DefinitionOutcome.ACCEPTED);
  }

  @Test
  void shouldHaveNoneInEffectWhereOnlyAnInvalidOneIsKnown() {
    assertThat(rules.segmentation("risk", WRONG).getFirst().inEffect()).isFalse();
    assertThat(rules.current().segmentations()).isEmpty();
  }

  @Test
  void shouldNotGoOnAfterADeletion() {
    rules.segmentation("risk", BY_ORDERS);

    assertThat(rules.segmentation("risk", null))
        .containsExactly(
            new DefinitionDecision(
                DefinitionKind.SEGMENTATION, "risk", DefinitionOutcome.DELETED, List.of(), false));
    assertThat(rules.segmentation("risk", WRONG).getFirst().inEffect()).isFalse();
  }

  @Test
  void shouldSaySoWhenADefinitionBecomesInvalidBecauseAnotherOneWentAndValidAgain() {
    rules.trait("churn", trait("churn"));
    rules.segmentation("risk", BY_CHURN);

    List<DefinitionDecision> gone = rules.trait("churn", null);
    assertThat(gone)
        .extracting(
            DefinitionDecision::name, DefinitionDecision::outcome, DefinitionDecision::inEffect)
        .containsExactly(
            tuple("churn", DefinitionOutcome.DELETED, false),
            tuple("risk", DefinitionOutcome.REFUSED, false));
    assertThat(gone.getLast().problems())
        .singleElement()
        .asString()
        .startsWith("segment high, enter: unknown name 'traits.churn'");
    assertThat(rules.current().segmentations()).isEmpty();

    assertThat(rules.trait("churn", trait("churn")))
        .extracting(
            DefinitionDecision::name, DefinitionDecision::outcome, DefinitionDecision::inEffect)
        .containsExactly(
            tuple("churn", DefinitionOutcome.ACCEPTED, true),
            tuple("risk", DefinitionOutcome.ACCEPTED, true));
    assertThat(rules.current().segmentations()).hasSize(1);
  }

  @Test
  void shouldSaySoWhenTheLastValidOneThatWentOnBecomesInvalidToo() {
    rules.trait("churn", trait("churn"));
    rules.segmentation("risk", BY_CHURN);
    rules.segmentation("risk", WRONG);

    assertThat(rules.trait("churn", null))
        .extracting(
            DefinitionDecision::name, DefinitionDecision::outcome, DefinitionDecision::inEffect)
        .containsExactly(
            tuple("churn", DefinitionOutcome.DELETED, false),
            tuple("risk", DefinitionOutcome.REFUSED, false));
    assertThat(rules.trait("churn", trait("churn")))
        .extracting(
            DefinitionDecision::name, DefinitionDecision::outcome, DefinitionDecision::inEffect)
        .containsExactly(
            tuple("churn", DefinitionOutcome.ACCEPTED, true),
            tuple("risk", DefinitionOutcome.REFUSED, true));
  }

  @Test
  void shouldTellOfOthersOnlyWhatChanged() {
    rules.trait("churn", trait("churn"));
    rules.segmentation("risk", BY_CHURN);

    assertThat(rules.trait("churn", trait("churn"))).containsExactly(accepted("churn"));
    assertThat(rules.trait("value", trait("value"))).containsExactly(accepted("value"));
  }

  @Test
  void shouldRefuseARecordThatIsNoDefinitionAndGoOnWithTheLastValidOne() {
    rules.trait("churn", trait("churn"));
    rules.segmentation("risk", BY_CHURN);

    assertThat(rules.refuseTrait("churn", "the record cannot be read"))
        .containsExactly(
            new DefinitionDecision(
                DefinitionKind.TRAIT,
                "churn",
                DefinitionOutcome.REFUSED,
                List.of("the record cannot be read"),
                true));
    assertThat(rules.current().traits()).hasSize(1);
    assertThat(rules.refuseSegmentation("risk", "the record cannot be read").getFirst().inEffect())
        .isTrue();
    assertThat(rules.refuseSegmentation("new", "the record cannot be read").getFirst().inEffect())
        .isFalse();
    assertThat(rules.current().segmentations()).hasSize(1);
  }

  @Test
  void shouldMakeAStatusOfADecision() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    DefinitionStatus status =
        rules.segmentation("risk", WRONG).getFirst().toStatus("scoring-1", now);

    assertThat(status.getKind()).isEqualTo(DefinitionKind.SEGMENTATION);
    assertThat(status.getName()).isEqualTo("risk");
    assertThat(status.getInstance()).isEqualTo("scoring-1");
    assertThat(status.getOutcome()).isEqualTo(DefinitionOutcome.REFUSED);
    assertThat(status.getProblems()).hasSize(1);
    assertThat(status.getInEffect()).isFalse();
    assertThat(status.getDecidedAt()).isEqualTo(now);
  }

  private List<String> problems(SegmentDefinition definition) {
    return rules.segmentation(definition.getSegmentation(), definition).getFirst().problems();
  }

  private static DefinitionDecision accepted(String trait) {
    return new DefinitionDecision(
        DefinitionKind.TRAIT, trait, DefinitionOutcome.ACCEPTED, List.of(), true);
  }
}
