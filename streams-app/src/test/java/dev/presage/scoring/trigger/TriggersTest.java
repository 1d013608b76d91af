package dev.presage.scoring.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.LargestDiscount;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.WindowCap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TriggersTest {
  private static final Scope SCOPE = Scope.of(List.of("orders_30d", "traits.churn"));
  private static final double[] SLOTS = {3, 0.5};
  private static final Instant TIME = Instant.parse("2011-09-01T10:00:00Z");
  private static final List<SegmentNames> SEGMENTATIONS =
      List.of(new SegmentNames("lifecycle", "customer", List.of("loyal", "at-risk", "lost")));

  private final List<String> problems = new ArrayList<>();

  @Test
  void shouldMatchEnteringLeavingAndMoving() {
    Triggers triggers =
        compile(
            definition("any", move(null, null)),
            definition("entering", move(null, "at-risk")),
            definition("leaving", move("loyal", null)),
            definition("moving", move("loyal", "at-risk")));

    assertThat(problems).isEmpty();
    assertThat(names(triggers, change("loyal", "at-risk")))
        .containsExactly("any", "entering", "leaving", "moving");
    assertThat(names(triggers, change(null, "at-risk"))).containsExactly("any", "entering");
    assertThat(names(triggers, change("loyal", "lost"))).containsExactly("any", "leaving");
    assertThat(names(triggers, change("lost", "loyal"))).containsExactly("any");
  }

  @Test
  void shouldSayWhatSetItOff() {
    Triggers triggers = compile(definition("moving", move("loyal", "at-risk")));
    List<TriggerCandidate> out = new ArrayList<>();

    triggers.segmentChanged(change("loyal", "at-risk"), SLOTS, out::add);

    assertThat(out)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.getCanonicalId()).isEqualTo("u-1");
              assertThat(it.getReason()).isEqualTo("lifecycle: left loyal, entered at-risk");
              assertThat(it.getCause()).isEqualTo(Cause.EVENT);
              assertThat(it.getAsOf()).isEqualTo(TIME);
              assertThat(it.getEventId()).isEqualTo("e-1");
              assertThat(Triggers.key(it)).isEqualTo("moving");
            });
  }

  @Test
  void shouldMatchACrossingInItsDirectionAlone() {
    Triggers triggers =
        compile(
            definition("falls", crossing(0.4, CrossingDirection.DOWN)),
            definition("rises", crossing(0.4, CrossingDirection.UP)));

    assertThat(names(triggers, update(0.39, 0.4))).containsExactly("rises");
    assertThat(names(triggers, update(0.4, 0.9))).isEmpty();
    assertThat(names(triggers, update(0.4, 0.39))).containsExactly("falls");
    assertThat(names(triggers, update(0.39, 0.1))).isEmpty();
    assertThat(names(triggers, update(null, 0.9))).as("the first value crosses nothing").isEmpty();
  }

  @Test
  void shouldMatchASilenceOnceOnWhateverLadder() {
    Triggers triggers = compile(definition("silent", silence(Duration.ofDays(7))));

    assertThat(silent(triggers, 3, 7)).containsExactly("silent for 7d");
    assertThat(silent(triggers, 3, 14)).containsExactly("silent for 14d");
    assertThat(silent(triggers, 7, 14)).isEmpty();
    assertThat(silent(triggers, 0, 3)).isEmpty();
  }

  @Test
  void shouldMatchTheAudienceAlone() {
    Triggers triggers =
        compile(
            with(definition("frequent", move(null, null)), "orders_30d >= 4"),
            with(definition("likely", move(null, null)), "traits['churn'] >= 0.5"));

    assertThat(names(triggers, change(null, "lost"))).containsExactly("likely");
  }

  @Test
  void shouldRefuseATriggerOfAnotherEntityType() {
    Triggers triggers =
        compile(
            TriggerDefinition.newBuilder(definition("items", silence(Duration.ofDays(1))))
                .setEntityType("item")
                .build());

    assertThat(problems)
        .containsExactly(
            "Trigger items: entity type is item, and there are no profiles of that; expected"
                + " customer");
    assertThat(silent(triggers, 0, 3)).isEmpty();
  }

  @Test
  void shouldNameEverythingThatIsWrongAndGoOnWithTheOthers() {
    TriggerDefinition wrong =
        TriggerDefinition.newBuilder(definition("wrong", move("loyl", "at-risk")))
            .setAudience("order_30d > 1")
            .setOffer(Map.of("discountPercent", 20L))
            .setHoldoutShare(2)
            .setLatenessMillis(-1)
            .setCaps(
                new TriggerCaps(
                    -5L,
                    new WindowCap(0L, 1L),
                    new WindowCap(1L, 0L),
                    new LargestDiscount("discountPercent", 15.0)))
            .build();

    Triggers triggers = compile(wrong, definition("sound", move(null, "lost")));

    assertThat(triggers.names()).containsExactly("sound");
    assertThat(problems)
        .hasSize(8)
        .contains(
            "Trigger wrong: on.segment: there is no segment loyl in lifecycle; did you mean loyal?",
            "Trigger wrong: caps.perProfile: most is 0; expected 1 to 1000",
            "Trigger wrong: offer.discountPercent is 20, more than the largest discount of 15.0;"
                + " lower the offer or raise the cap",
            "Trigger wrong: holdoutShare is 2.0; expected 0 to 1")
        .anySatisfy(it -> assertThat(it).contains("coolDownMillis is -5"))
        .anySatisfy(it -> assertThat(it).contains("latenessMillis is -1"))
        .anySatisfy(it -> assertThat(it).contains("caps.total: windowMillis is 0"))
        .anySatisfy(it -> assertThat(it).contains("audience").contains("orders_30d"));
  }

  @Test
  void shouldLeaveOutWhatWaitsForNothingOrForWhatIsNotThere() {
    compile(
        definition("nothing", new TriggerOccasion(null, null, null, null)),
        definition(
            "several",
            new TriggerOccasion(
                new SegmentMove("lifecycle", null, null), null, new SilenceReached(1L), null)),
        definition("no-trait", new TriggerOccasion(null, trait("chrn", 0.5), null, null)),
        definition("no-way", crossing(Double.NaN, CrossingDirection.UNKNOWN)),
        definition(
            "no-segments",
            new TriggerOccasion(new SegmentMove("lifecycles", null, null), null, null, null)),
        definition("no-move", move("lost", "lost")));

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "Trigger nothing: on names nothing that this version knows; expected segment, trait,"
                + " silence or date",
            "Trigger several: on names 2 things; expected one of segment, trait, silence"
                + " and date",
            "Trigger no-trait: on.trait: there is no trait chrn; did you mean churn?",
            "Trigger no-way: on.trait: threshold is NaN; expected a finite number",
            "Trigger no-way: on.trait: direction is missing; expected UP or DOWN",
            "Trigger no-segments: on.segment: there is no segmentation lifecycles; did you mean"
                + " lifecycle?",
            "Trigger no-move: on.segment: from and to are both lost; that is no move");
  }

  @Test
  void shouldLeaveOutADiscountThatIsMissingOrNoNumber() {
    TriggerCaps caps = new TriggerCaps(0L, null, null, new LargestDiscount("percent", 15.0));
    compile(
        TriggerDefinition.newBuilder(definition("missing", move(null, null))).setCaps(caps).build(),
        TriggerDefinition.newBuilder(definition("text", move(null, null)))
            .setCaps(caps)
            .setOffer(Map.of("percent", "10"))
            .build(),
        TriggerDefinition.newBuilder(definition("within", move(null, null)))
            .setCaps(caps)
            .setOffer(Map.of("percent", 15L))
            .build());

    assertThat(problems)
        .containsExactlyInAnyOrder(
            "Trigger missing: offer.percent is missing, which caps.largestDiscount limits",
            "Trigger text: offer.percent is '10', which caps.largestDiscount limits; it must be a"
                + " number");
  }

  @Test
  void shouldGiveTheSameDecisionTheSameIdAndOthersOthers() {
    Triggers triggers = compile(definition("moving", move("loyal", null)));
    List<TriggerCandidate> out = new ArrayList<>();
    triggers.segmentChanged(change("loyal", "at-risk"), SLOTS, out::add);
    triggers.segmentChanged(change("loyal", "at-risk"), SLOTS, out::add);
    triggers.segmentChanged(change("loyal", "lost"), SLOTS, out::add);

    List<TriggerId> ids = out.stream().map(it -> TriggerId.of("moving", it)).toList();

    assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    assertThat(ids.getFirst().text()).isEqualTo("86b11409437005f3c52c277df45debbc");
  }

  @Test
  void shouldTellWhatASubjectIsByTheId() {
    Triggers triggers = compile(definition("moving", move("loyal", null)));
    List<TriggerCandidate> out = new ArrayList<>();
    triggers.segmentChanged(change("loyal", "at-risk"), SLOTS, out::add);
    TriggerCandidate call = out.getFirst();
    TriggerCandidate other = TriggerCandidate.newBuilder(call).setCanonicalId("u-2").build();

    assertThat(
            List.of(
                TriggerId.of("moving", call),
                TriggerId.of("moving", Triggers.addressed(call, "u-1")),
                TriggerId.of("moving", Triggers.addressed(call, "u-2")),
                TriggerId.of("moving", Triggers.addressed(other, "u-2"))))
        .doesNotHaveDuplicates();
    assertThat(TriggerId.of("moving", Triggers.addressed(other, "u-1")))
        .isEqualTo(TriggerId.of("moving", Triggers.addressed(other, "u-1")));
  }

  @Test
  void shouldGoOffForADateThatIsReachedOrWasPassedWhileItWasDue() {
    TriggerDefinition definition =
        definition("renewal", new TriggerOccasion(null, null, null, new DateReached("at", 0L)));
    Triggers triggers =
        Triggers.of(
            List.of(
                Objects.requireNonNull(
                    new TriggerCompiler("customer", Scope.of(List.of("at")), List.of(), null)
                        .compile("renewal", definition, problems))));

    assertThat(passes(triggers, 10, 20, 20, null)).as("reached").isTrue();
    assertThat(passes(triggers, 20, 20, 20, null)).as("no time has passed").isFalse();
    assertThat(passes(triggers, 10, 20, 15, null)).as("moved into the past").isFalse();
    assertThat(passes(triggers, 10, 20, 21, null)).as("to come").isFalse();
    assertThat(passes(triggers, 10, 20, 15, 15L)).as("passed while it was due").isTrue();
    assertThat(passes(triggers, 10, 20, 15, 16L)).as("came with another profile").isFalse();
    assertThat(passes(triggers, 15, 20, 15, 15L)).as("went off before").isFalse();
  }

  private static boolean passes(
      Triggers triggers, long from, long asOf, long date, @Nullable Long dueBefore) {
    List<TriggerCandidate> out = new ArrayList<>();
    triggers.datesPassed(
        "u-1",
        from,
        Instant.ofEpochMilli(asOf),
        Cause.MERGE,
        null,
        dueBefore == null ? null : new long[] {dueBefore},
        new double[] {date},
        out::add);
    return !out.isEmpty();
  }

  private Triggers compile(TriggerDefinition... definitions) {
    TriggerCompiler compiler = new TriggerCompiler("customer", SCOPE, SEGMENTATIONS, null);
    List<CompiledTrigger> compiled = new ArrayList<>();
    for (TriggerDefinition definition : definitions) {
      List<String> wrong = new ArrayList<>();
      CompiledTrigger trigger = compiler.compile(definition.getTrigger(), definition, wrong);
      wrong.forEach(it -> problems.add("Trigger " + definition.getTrigger() + ": " + it));
      if (trigger != null) {
        compiled.add(trigger);
      }
    }
    return Triggers.of(compiled);
  }

  private static List<String> names(Triggers triggers, SegmentChange change) {
    List<String> names = new ArrayList<>();
    triggers.segmentChanged(change, SLOTS, it -> names.add(Triggers.key(it)));
    return names;
  }

  private static List<String> names(Triggers triggers, TraitUpdate update) {
    List<String> names = new ArrayList<>();
    triggers.traitUpdated(update, SLOTS, it -> names.add(Triggers.key(it)));
    return names;
  }

  private static List<String> silent(Triggers triggers, int fromDays, int toDays) {
    List<String> reasons = new ArrayList<>();
    triggers.silent(
        "u-1",
        Duration.ofDays(fromDays).toMillis(),
        Duration.ofDays(toDays).toMillis(),
        TIME,
        SLOTS,
        it -> reasons.add(it.getReason()));
    return reasons;
  }

  private static TriggerDefinition definition(String name, TriggerOccasion on) {
    return TriggerDefinition.newBuilder().setTrigger(name).setOn(on).build();
  }

  private static TriggerDefinition with(TriggerDefinition definition, String audience) {
    return TriggerDefinition.newBuilder(definition).setAudience(audience).build();
  }

  private static TriggerOccasion move(@Nullable String from, @Nullable String to) {
    return new TriggerOccasion(new SegmentMove("lifecycle", from, to), null, null, null);
  }

  private static TriggerOccasion crossing(double threshold, CrossingDirection direction) {
    return new TriggerOccasion(null, new TraitCrossing("churn", threshold, direction), null, null);
  }

  private static TraitCrossing trait(String trait, double threshold) {
    return new TraitCrossing(trait, threshold, CrossingDirection.UP);
  }

  private static TriggerOccasion silence(Duration atLeast) {
    return new TriggerOccasion(null, null, new SilenceReached(atLeast.toMillis()), null);
  }

  private static SegmentChange change(@Nullable String from, String to) {
    return SegmentChange.newBuilder()
        .setSegmentation("lifecycle")
        .setCanonicalId("u-1")
        .setFrom(from)
        .setTo(to)
        .setRule("true")
        .setCause(Cause.EVENT)
        .setAsOf(TIME)
        .setEventId("e-1")
        .build();
  }

  private static TraitUpdate update(@Nullable Double previous, double value) {
    return TraitUpdate.newBuilder()
        .setTrait("churn")
        .setCanonicalId("u-1")
        .setValue(value)
        .setPreviousValue(previous)
        .setRevision(1)
        .setCause(Cause.EVENT)
        .setModelVersion("v1")
        .setAsOf(TIME)
        .build();
  }
}
