package dev.presage.schemas.traits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.YamlFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TraitDocumentTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final List<TraitKind> KINDS = List.of(TraitKind.values());

  @Test
  void shouldLeaveSimpleDefinitionsSimple() {
    assertThat(one("{trait: orders-again, target: {eventType: order_completed}, horizon: 30d}"))
        .isEqualTo(
            TraitDefinition.newBuilder()
                .setTrait("orders-again")
                .setTarget(new Target("order_completed", "true"))
                .setHorizonMillis(30 * DAY)
                .build());
  }

  @Test
  void shouldReadEverythingThatCanBeSaid() {
    TraitDefinition trait =
        one(
            """
            trait: accepts-the-offer
            description: Whether an offer is taken.
            category: country_is_uk == 1
            done: {eventType: offer_shown, within: 1h}
            notDone:
              - {eventType: order_cancelled, condition: properties.revenue > 10, within: 90d, atLeast: 2}
              - {eventType: unsubscribed}
            target:
              inOrder:
                - {eventType: cart_filled}
                - {eventType: order_completed, condition: properties.revenue > 0}
            failure:
              events: [{eventType: offer_declined}, {eventType: offer_shown}]
              after: 3d
            horizon: 7d
            callSite: checkout
            paused: true
            """);

    assertThat(trait.getCategory()).isEqualTo("country_is_uk == 1");
    assertThat(trait.getDone())
        .containsExactly(new PastEvent("offer_shown", "true", Duration.ofHours(1).toMillis(), 1));
    assertThat(trait.getNotDone())
        .containsExactly(
            new PastEvent("order_cancelled", "properties.revenue > 10", 90 * DAY, 2),
            new PastEvent("unsubscribed", "true", null, 1));
    assertThat(trait.getTarget()).isEqualTo(new Target("cart_filled", "true"));
    assertThat(trait.getFurther())
        .containsExactly(new Target("order_completed", "properties.revenue > 0"));
    assertThat(trait.getOrdered()).isTrue();
    assertThat(trait.getFailure())
        .isEqualTo(
            new Failure(
                List.of(new Target("offer_declined", "true"), new Target("offer_shown", "true")),
                3 * DAY));
    assertThat(trait.getCallSite()).isEqualTo("checkout");
    assertThat(trait.getPaused()).isTrue();
  }

  @Test
  void shouldMakeATraitOfEachHorizon() {
    List<TraitDefinition> traits =
        read(
            """
            traits:
              - trait: spending
                kind: value
                target: {eventType: order_completed, sum: revenue}
                horizons: [30d, 12h]
            """);

    assertThat(traits)
        .extracting(TraitDefinition::getTrait)
        .containsExactly("spending-30d", "spending-12h");
    assertThat(traits)
        .extracting(TraitDefinition::getHorizonMillis)
        .containsExactly(30 * DAY, DAY / 2);
    assertThat(traits).allMatch(it -> it.getKind() == TraitKind.VALUE);
    assertThat(traits).extracting(TraitDefinition::getSumOf).containsOnly("revenue");
  }

  @Test
  void shouldExpandReadyMadeTraits() {
    TraitDefinition purchase = one("{trait: a, readyMade: purchase, horizon: 30d}");
    TraitDefinition repurchase =
        one("{trait: b, readyMade: repurchase, horizon: 30d, parameters: {event: paid}}");
    TraitDefinition churn =
        one(
            "{trait: c, readyMade: churn, horizon: 90d, parameters: {activeWithin: 180d},"
                + " notDone: {eventType: unsubscribed}}");
    TraitDefinition after =
        one(
            """
            trait: d
            readyMade: event-after-event
            parameters: {event: order_completed, after: cart_filled, within: 2h}
            horizon: 1d
            """);

    assertThat(purchase.getTarget()).isEqualTo(new Target("order_completed", "true"));
    assertThat(purchase.getDone()).isEmpty();
    assertThat(purchase.getDescription()).isEqualTo("How likely a profile is to order.");
    assertThat(repurchase.getTarget()).isEqualTo(new Target("paid", "true"));
    assertThat(repurchase.getDone()).containsExactly(new PastEvent("paid", "true", null, 1));
    assertThat(churn.getAbsent()).isTrue();
    assertThat(churn.getDone())
        .containsExactly(new PastEvent("order_completed", "true", 180 * DAY, 1));
    assertThat(churn.getNotDone()).containsExactly(new PastEvent("unsubscribed", "true", null, 1));
    assertThat(after.getTarget()).isEqualTo(new Target("order_completed", "true"));
    assertThat(after.getDone()).containsExactly(new PastEvent("cart_filled", "true", DAY / 12, 1));
  }

  @Test
  void shouldNameEverythingThatIsWrong() {
    assertThat(
            problems(
                """
                traits:
                  - {trait: a, readyMade: luck, horizon: 30d}
                  - {trait: b, readyMade: churn, target: {eventType: x}, kind: value, horizon: 30d}
                  - {trait: c, readyMade: event-after-event, horizon: 30d}
                  - {trait: d, target: {eventType: x, all: [{eventType: y}], sum: z}, horizon: 30d}
                  - {trait: e, target: {eventType: x}, parameters: {}, horizons: [30d, soon], horizon: 1d}
                  - {trait: f, target: {eventType: x}, done: {eventTyp: x, atLeast: 0}, horizons: []}
                  - {trait: g, target: {eventType: x}, horizon: 30d}
                  - {trait: g, target: {eventType: x}, horizon: 30d}
                """))
        .containsExactlyInAnyOrder(
            "traits[0].readyMade is 'luck'; expected one of purchase, repurchase, churn,"
                + " event-after-event",
            "traits[1].target stands beside readyMade; expected one of the two",
            "traits[1].kind is not that of a readyMade trait, which is a likelihood",
            "traits[2].parameters is missing",
            "traits[2].parameters.event is missing",
            "traits[2].parameters.after is missing",
            "traits[3].target.all stands beside eventType; expected one of the two",
            "traits[3].target.sum makes a value; write kind: value",
            "traits[4].parameters are those of a readyMade trait; here is none",
            "traits[4].horizons stands beside horizon; expected one of the two",
            "traits[4].horizons has 'soon'; expected a time such as 30d",
            "traits[5].done.eventType is missing",
            "traits[5].done.atLeast is '0'; expected a whole number from 1 to 1000",
            "traits[5].done.eventTyp is not known; did you mean eventType?",
            "traits[5].horizons is empty; expected times such as [30d, 90d]",
            "traits[7].trait is there twice: 'g'");
  }

  @Property(tries = 300)
  void shouldReadWhatItWrites(@ForAll("definitions") TraitDefinition definition)
      throws JsonProcessingException {
    String json =
        new ObjectMapper()
            .writeValueAsString(Map.of("traits", List.of(TraitValues.of(definition))));

    assertThat(read(json)).as(json).containsExactly(definition);
  }

  @Provide
  Arbitrary<TraitDefinition> definitions() {
    return Arbitraries.randoms()
        .map(
            random -> {
              TraitKind kind = KINDS.get(random.nextInt(KINDS.size()));
              int further = random.nextInt(3);
              boolean isAttribute = random.nextInt(4) == 0;
              return TraitDefinition.newBuilder()
                  .setTrait("t-" + random.nextInt(100))
                  .setEntityType(random.nextBoolean() ? "customer" : "item")
                  .setKind(kind)
                  .setDescription(random.nextBoolean() ? "" : "One: \"sentence\" #1")
                  .setEligibility(random.nextBoolean() ? "true" : "orders >= 1")
                  .setCategory(random.nextBoolean() ? "true" : "uk == 1")
                  .setTarget(target(random.nextInt(9)))
                  .setFurther(
                      IntStream.range(0, further).mapToObj(TraitDocumentTest::target).toList())
                  .setOrdered(further > 0 && random.nextBoolean())
                  .setAbsent(random.nextBoolean())
                  .setSumOf(kind == TraitKind.VALUE && random.nextBoolean() ? "revenue" : null)
                  .setDone(pastEvents(random.nextInt(3)))
                  .setNotDone(pastEvents(random.nextInt(3)))
                  .setFailure(
                      random.nextBoolean()
                          ? null
                          : new Failure(
                              IntStream.range(0, random.nextInt(3))
                                  .mapToObj(TraitDocumentTest::target)
                                  .toList(),
                              random.nextBoolean() ? null : (1 + random.nextInt(99)) * DAY / 24))
                  .setAttribute(isAttribute ? new Attribute("usage", "adults == 1.0") : null)
                  .setHorizonMillis(isAttribute ? 0 : (1 + random.nextInt(9_999)) * 60_000L)
                  .setTolerance(random.nextInt(100) / 100.0)
                  .setExampleShare(random.nextInt(100) / 100.0)
                  .setReasons(random.nextInt(101))
                  .setRanked(random.nextBoolean())
                  .setUsageNote(random.nextBoolean() ? "" : "Careful.")
                  .setCallSite(random.nextBoolean() ? "" : "checkout")
                  .setPaused(random.nextBoolean())
                  .build();
            });
  }

  private static Target target(int number) {
    return new Target("event_" + number, number % 2 == 0 ? "true" : "properties.x == " + number);
  }

  private static List<PastEvent> pastEvents(int number) {
    return IntStream.range(0, number)
        .mapToObj(it -> new PastEvent("e" + it, "true", it == 0 ? null : it * DAY, 1 + it))
        .toList();
  }

  @Test
  void shouldReadAnAttributeWithoutAHorizon() {
    TraitDefinition attribute =
        one(
            """
            trait: orders-for-work
            target: {eventType: profile_updated, condition: properties.usage == "work"}
            attribute: {property: usage, trusted: adults == 1.0}
            """);

    assertThat(attribute.getKind()).isEqualTo(TraitKind.LIKELIHOOD);
    assertThat(attribute.getHorizonMillis()).isZero();
    assertThat(attribute.getAttribute()).isEqualTo(new Attribute("usage", "adults == 1.0"));
    assertThat(TraitValues.of(attribute))
        .containsEntry("attribute", Map.of("property", "usage", "trusted", "adults == 1.0"))
        .doesNotContainKey("horizon");
  }

  @Test
  void shouldSayWhatAnAttributeLacksAndWhatItMustNotHave() {
    assertThat(
            problems(
                """
                traits:
                  - trait: orders-for-work
                    target: {eventType: profile_updated}
                    attribute: {propertie: usage}
                    horizon: 30d
                """))
        .anyMatch(it -> it.contains("property is missing"))
        .anyMatch(it -> it.contains("trusted is missing"))
        .anyMatch(it -> it.contains("horizon stands beside attribute"));
  }

  private static TraitDefinition one(String yaml) {
    String indented = yaml.strip().replace("\n", "\n    ");
    return read("traits:\n  - " + indented).getFirst();
  }

  private static List<TraitDefinition> read(String yaml) {
    return YamlFile.parse(yaml, "test", TraitDocument::definitions);
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidFileException.class, () -> read(yaml)).problems();
  }
}
