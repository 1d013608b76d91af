package dev.presage.scoring.rules;

import static dev.presage.scoring.rules.TestRules.rest;
import static dev.presage.scoring.rules.TestRules.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Segment;
import dev.presage.scoring.rules.SegmentDecision.Outcome;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentationTest {
  private static final long T = 1_000_000_000_000L;
  private static final Duration NO_DWELL = Duration.ZERO;
  private static final Segment LIKELY =
      segment("likely", "traits['buy'] > 0.6", "traits['buy'] >= 0.4");
  private static final Segment UNLIKELY =
      segment("unlikely", "traits['buy'] < 0.2 && orders_30d < 3", null);

  private final RuleBook book = TestRules.book();

  /** What a profile was told it is in. */
  private record In(int segmentId, long sinceMillis) implements SegmentMembership {
    static In segment(String name, long sinceMillis) {
      return new In(NameId.of(name), sinceMillis);
    }
  }

  @Test
  void shouldEnterTheFirstSegmentWhoseRuleHolds() {
    Segmentation segmentation = segmentation(NO_DWELL, LIKELY, UNLIKELY, rest("undecided"));

    assertThat(decide(segmentation, null, T, 0.7, 0))
        .isEqualTo(enters("likely", "traits['buy'] > 0.6"));
    assertThat(decide(segmentation, null, T, 0.1, 0))
        .isEqualTo(enters("unlikely", UNLIKELY.getEnter()));
    assertThat(decide(segmentation, null, T, 0.1, 3)).isEqualTo(enters("undecided", "true"));
    assertThat(decide(segmentation, null, T, 0.6, 0)).isEqualTo(enters("undecided", "true"));
  }

  @Test
  void shouldEnterAtOneThresholdAndLeaveAtAnother() {
    Segmentation segmentation = segmentation(NO_DWELL, LIKELY, UNLIKELY, rest("undecided"));
    In likely = In.segment("likely", T);

    assertThat(decide(segmentation, likely, T, 0.5, 0))
        .isEqualTo(
            new SegmentDecision(
                Outcome.STAYS, "likely", NameId.of("likely"), "traits['buy'] >= 0.4"));
    assertThat(decide(segmentation, likely, T, 0.4, 0).outcome()).isEqualTo(Outcome.STAYS);
    assertThat(decide(segmentation, likely, T, 0.3, 0)).isEqualTo(enters("undecided", "true"));
    assertThat(decide(segmentation, In.segment("undecided", T), T, 0.5, 0))
        .as("what makes one stay does not make one enter")
        .isEqualTo(new SegmentDecision(Outcome.STAYS, "undecided", NameId.of("undecided"), "true"));
  }

  @Test
  void shouldLetTheRuleToStayWinOverSegmentsThatComeBefore() {
    Segmentation segmentation =
        segmentation(
            NO_DWELL,
            segment("first", "orders_30d > 1", null),
            segment("sticky", "orders_30d == 1", "orders_30d >= 1"),
            rest("none"));

    assertThat(decide(segmentation, In.segment("sticky", T), T, 0.5, 5).segment())
        .isEqualTo("sticky");
  }

  @Test
  void shouldStayByTheRuleToEnterWhereThereIsNoneToStay() {
    Segmentation segmentation = segmentation(NO_DWELL, LIKELY, UNLIKELY, rest("undecided"));

    assertThat(decide(segmentation, In.segment("unlikely", T), T, 0.1, 0))
        .isEqualTo(
            new SegmentDecision(
                Outcome.STAYS, "unlikely", NameId.of("unlikely"), UNLIKELY.getEnter()));
  }

  @Test
  void shouldDwellUntilTheMinimumHasPassedInEventTime() {
    Segmentation segmentation =
        segmentation(Duration.ofDays(7), LIKELY, UNLIKELY, rest("undecided"));
    In likely = In.segment("likely", T);
    long end = T + Duration.ofDays(7).toMillis();

    assertThat(segmentation.dwellEndsAt(likely)).isEqualTo(end);
    assertThat(decide(segmentation, likely, end - 1, 0.1, 0))
        .isEqualTo(new SegmentDecision(Outcome.DWELLS, "likely", NameId.of("likely"), null));
    assertThat(decide(segmentation, likely, end, 0.1, 0))
        .isEqualTo(enters("unlikely", UNLIKELY.getEnter()));
    assertThat(decide(segmentation, null, T, 0.1, 0).outcome())
        .as("one that is in no segment has nothing to wait for")
        .isEqualTo(Outcome.ENTERS);
  }

  @Test
  void shouldDecideAfreshWhereTheSegmentIsNotThereAnyMore() {
    Segmentation segmentation =
        segmentation(Duration.ofDays(7), LIKELY, UNLIKELY, rest("undecided"));
    In removed = In.segment("removed", T);

    assertThat(segmentation.dwellEndsAt(removed)).isEqualTo(T);
    assertThat(segmentation.segmentName(removed.segmentId())).isNull();
    assertThat(decide(segmentation, removed, T + 1, 0.5, 0)).isEqualTo(enters("undecided", "true"));
  }

  @Test
  void shouldLeaveAProfileWhereItIsWhileATraitThatAnyRuleReadsHasNoValue() {
    Segmentation segmentation =
        segmentation(NO_DWELL, segment("some", "orders_30d > 0", null), UNLIKELY, rest("rest"));

    assertThat(decide(segmentation, null, T, Double.NaN, 5).outcome()).isEqualTo(Outcome.UNDECIDED);
    assertThat(decide(segmentation, In.segment("rest", T), T, Double.NaN, 5))
        .isEqualTo(SegmentDecision.UNDECIDED);
  }

  @Test
  void shouldDecideWithFeaturesThatAreMissing() {
    Segmentation segmentation =
        segmentation(NO_DWELL, segment("some", "orders_30d > 0", null), rest("rest"));

    assertThat(decide(segmentation, null, T, Double.NaN, Double.NaN))
        .isEqualTo(enters("rest", "true"));
  }

  @Test
  void shouldReadThePercentileOfATraitAndBeUndecidableWithoutOne() {
    Segmentation segmentation =
        segmentation(NO_DWELL, segment("top", "percentiles['buy'] >= 90", null), rest("rest"));
    ActiveTrait trait = book.current().traits().getFirst();
    double[] slots = TestRules.slots(book.current());
    slots[trait.slot()] = 0.5;

    assertThat(segmentation.decide(null, slots, T).outcome()).isEqualTo(Outcome.UNDECIDED);
    slots[trait.percentileSlot()] = 90;
    assertThat(segmentation.decide(null, slots, T).segment()).isEqualTo("top");
    slots[trait.percentileSlot()] = 89.9;
    assertThat(segmentation.decide(null, slots, T).segment()).isEqualTo("rest");
    assertThat(segmentation.reads(trait)).isTrue();
  }

  @Test
  void shouldKnowWhatAChangeWasDecidedBy() {
    Segmentation segmentation =
        segmentation(
            NO_DWELL,
            segment("new", "orders_lifetime == 1", "orders_lifetime <= 2"),
            UNLIKELY,
            rest("rest"));
    double[] slots = slots(0.1, 0);

    assertThat(segmentation.values(null, segmentation.decide(null, slots, T), slots))
        .as("the rules up to the one that held")
        .isEqualTo(Map.of("orders_lifetime", Double.NaN, "orders_30d", 0.0, "traits.buy", 0.1));
    slots[lifetimeSlot()] = 1;
    assertThat(segmentation.values(null, segmentation.decide(null, slots, T), slots))
        .isEqualTo(Map.of("orders_lifetime", 1.0));
  }

  @Test
  void shouldShowWhatBothRulesReadWhereOneWasLeftAndAnotherEntered() {
    Segmentation segmentation =
        segmentation(
            NO_DWELL,
            segment("lapsed", "orders_30d == 0", null),
            segment("buyer", "orders_30d > 0", "traits['buy'] > 0.5"),
            rest("rest"));
    In buyer = In.segment("buyer", T);
    double[] slots = slots(0.4, 0);
    SegmentDecision decision = segmentation.decide(buyer, slots, T);

    assertThat(decision).isEqualTo(enters("lapsed", "orders_30d == 0"));
    assertThat(segmentation.values(buyer, decision, slots))
        .isEqualTo(Map.of("traits.buy", 0.4, "orders_30d", 0.0));
  }

  private Segmentation segmentation(Duration dwell, Segment... segments) {
    book.trait("buy", TestRules.trait("buy"));
    assertThat(
            book.segmentation("repurchase", TestRules.segmentation("repurchase", dwell, segments))
                .getFirst()
                .problems())
        .isEmpty();
    return book.current().segmentations().getFirst();
  }

  private SegmentDecision decide(
      Segmentation segmentation,
      @Nullable SegmentMembership current,
      long asOfMillis,
      double score,
      double orders) {
    return segmentation.decide(current, slots(score, orders), asOfMillis);
  }

  private double[] slots(double score, double orders) {
    double[] slots = TestRules.slots(book.current());
    slots[book.current().schema().names().indexOf("orders_30d")] = orders;
    slots[book.current().traits().getFirst().slot()] = score;
    return slots;
  }

  private int lifetimeSlot() {
    return book.current().schema().names().indexOf("orders_lifetime");
  }

  private static SegmentDecision enters(String segment, String rule) {
    return new SegmentDecision(Outcome.ENTERS, segment, NameId.of(segment), rule);
  }
}
