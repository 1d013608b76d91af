package dev.presage.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelDecision;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelOutcome;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.TestModels;
import dev.presage.scoring.entity.EntityType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBooksTest {
  private static final String TRAIT = "demand";
  private static final String FEATURE = "orders_30d";

  private final RuleBook customers =
      book(EntityType.CUSTOMER, FeatureDeclarations.parse(TestFeatures.YAML, "customers"));

  /** The same features, but of items: that alone makes their schema another one. */
  private final RuleBook items =
      book(
          new EntityType("item", "productId"),
          FeatureDeclarations.parse("entity: item\n" + TestFeatures.YAML, "items"));

  private final RuleBooks books = new RuleBooks(List.of(customers, items));

  @Test
  void shouldGiveADefinitionToItsEntityType() {
    books.trait(TRAIT, trait("item"));
    books.segmentation("pace", segmentation("item"));

    assertThat(items.current().traits()).hasSize(1);
    assertThat(items.current().segmentations()).hasSize(1);
    assertThat(customers.current().traits()).isEmpty();
    assertThat(customers.current().segmentations()).isEmpty();
  }

  @Test
  void shouldTakeADefinitionAwayWhereItWas() {
    books.trait(TRAIT, trait("item"));
    books.segmentation("pace", segmentation("item"));

    books.trait(TRAIT, null);
    books.segmentation("pace", null);

    assertThat(items.current().traits()).isEmpty();
    assertThat(items.current().segmentations()).isEmpty();
  }

  @Test
  void shouldCheckTheRecipientsOfATriggerAgainstCustomers() {
    assertThat(books.trigger("hot", toCustomers("orders_30d > 1.0 && traits[\"demand\"] > 0.5")))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.outcome()).isEqualTo(DefinitionOutcome.REFUSED);
              assertThat(it.problems())
                  .singleElement()
                  .asString()
                  .startsWith("recipients.audience: ")
                  .contains("demand");
            });

    List<DefinitionDecision> decisions = books.trait(TRAIT, trait("customer"));

    assertThat(decisions)
        .extracting(DefinitionDecision::kind, DefinitionDecision::outcome)
        .containsExactly(
            tuple(DefinitionKind.TRAIT, DefinitionOutcome.ACCEPTED),
            tuple(DefinitionKind.TRIGGER, DefinitionOutcome.ACCEPTED));
    assertThat(items.current().triggers().names()).containsExactly("hot");
  }

  @Test
  void shouldLeaveOutATriggerWhoseRecipientsReadATraitThatMovesToItems() {
    books.trait(TRAIT, trait("customer"));
    books.trigger("hot", toCustomers("traits[\"demand\"] > 0.5"));
    assertThat(items.current().triggers().names()).containsExactly("hot");

    assertThat(books.trait(TRAIT, trait("item")))
        .filteredOn(it -> it.kind() == DefinitionKind.TRIGGER)
        .extracting(DefinitionDecision::outcome)
        .containsExactly(DefinitionOutcome.REFUSED);

    assertThat(items.current().triggers().names()).isEmpty();
  }

  @Test
  void shouldRefuseRecipientsThatCannotBe() {
    assertThat(
            books
                .trigger(
                    "hot",
                    TriggerDefinition.newBuilder(toCustomers("true"))
                        .setRecipients(new TriggerRecipients("item", "true"))
                        .build())
                .getFirst()
                .problems())
        .containsExactly("recipients: entity type is item; expected customer");
    assertThat(
            books
                .trigger(
                    "own",
                    TriggerDefinition.newBuilder(toCustomers("true"))
                        .setTrigger("own")
                        .setEntityType("customer")
                        .build())
                .getFirst()
                .problems())
        .containsExactly(
            "recipients: a trigger of customers goes to the customer to whom it happens; say who"
                + " receives it in audience");
  }

  private static TriggerDefinition toCustomers(String audience) {
    return TriggerDefinition.newBuilder()
        .setTrigger("hot")
        .setEntityType("item")
        .setOn(new TriggerOccasion(null, null, new SilenceReached(1L), null))
        .setRecipients(new TriggerRecipients("customer", audience))
        .build();
  }

  @Test
  void shouldMoveADefinition() {
    books.trait(TRAIT, trait("item"));

    books.trait(TRAIT, trait("customer"));

    assertThat(items.current().traits()).isEmpty();
    assertThat(customers.current().traits()).hasSize(1);
  }

  @Test
  void shouldLeaveADefinitionWhereItIsWhileTheOneThatMovesItIsWrong() {
    books.trait(TRAIT, trait("item"));
    TraitDefinition wrong =
        TraitDefinition.newBuilder(trait("customer")).setEligibility("nonsense > 1.0").build();

    List<DefinitionDecision> decisions = books.trait(TRAIT, wrong);

    assertThat(decisions)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.outcome()).isEqualTo(DefinitionOutcome.REFUSED);
              assertThat(it.problems()).singleElement().asString().contains("nonsense");
              assertThat(it.inEffect()).isTrue();
            });
    assertThat(items.current().traits()).hasSize(1);
    assertThat(customers.current().problems()).isEmpty();
  }

  @Test
  void shouldSayOfADefinitionThatMovesThatItIsAccepted() {
    books.trait(TRAIT, trait("item"));

    assertThat(books.trait(TRAIT, trait("customer")))
        .extracting(DefinitionDecision::outcome)
        .containsExactly(DefinitionOutcome.ACCEPTED);
    assertThat(books.trait(TRAIT, null))
        .extracting(DefinitionDecision::outcome)
        .containsExactly(DefinitionOutcome.DELETED);
  }

  @Test
  void shouldRefuseWhatIsNoDefinitionWhereTheNameIs() {
    books.trait(TRAIT, trait("item"));

    assertThat(books.refuseTrait(TRAIT, "unreadable"))
        .singleElement()
        .satisfies(it -> assertThat(it.inEffect()).isTrue());
  }

  @Test
  void shouldRefuseADefinitionOfAnEntityTypeThatThereIsNoneOf() {
    books.trait(TRAIT, trait("shop"));
    books.segmentation("pace", segmentation("shop"));

    assertThat(customers.current().traits()).isEmpty();
    assertThat(customers.current().problems())
        .containsExactly(
            "Trait demand: entityType is 'shop', which is not profiled here; correct it, or set"
                + " presage.entities.shop.key-property and .features.file",
            "Segmentation pace: entityType is 'shop', which is not profiled here; correct it, or"
                + " set presage.entities.shop.key-property and .features.file");
  }

  @Test
  void shouldGiveAModelToTheEntityTypeThatItWasTrainedOnWheneverTheDefinitionComes() {
    assertThat(books.model(TRAIT + "/v1", model(items, "v1")).outcome())
        .isEqualTo(ModelOutcome.LIVE);
    assertThat(customers.models().live(TRAIT)).isNull();

    books.trait(TRAIT, trait("item"));

    assertThat(items.current().traits().getFirst().models().live()).isNotNull();
  }

  @Test
  void shouldNotScoreByAModelOfAnotherEntityTypeThanItsTraits() {
    books.trait(TRAIT, trait("customer"));
    books.model(TRAIT + "/v1", model(items, "v1"));

    assertThat(customers.current().traits().getFirst().models().live()).isNull();

    books.trait(TRAIT, trait("item"));

    assertThat(items.current().traits().getFirst().models().live()).isNotNull();
  }

  @Test
  void shouldNameTheFeaturesOfTheTraitsEntityTypeWhereAModelFitsNone() {
    books.trait(TRAIT, trait("item"));
    FeatureSchema other =
        new FeatureEngine(
                FeatureDeclarations.parse(
                    TestFeatures.YAML.replace("400d", "500d").replace("30d:", "31d:"), "other"))
            .schema();

    ModelDecision decision =
        books.model(TRAIT + "/v1", TestModels.stump(other, TRAIT, "v1", "orders_31d", 0.5f, -1, 1));

    assertThat(decision.code()).isEqualTo(RefusalCode.FINGERPRINT_MISMATCH);
    assertThat(decision.reason()).contains(items.schema().fingerprint());
  }

  @Test
  void shouldHaveAVersionOfAModelOnlyOnce() {
    books.model(TRAIT + "/v1", model(items, "v1"));
    books.model(TRAIT + "/v1", model(customers, "v1"));

    assertThat(items.models().versions(TRAIT)).isEmpty();
    assertThat(customers.models().versions(TRAIT)).hasSize(1);
  }

  @Test
  void shouldWithdrawAModelWhereItIs() {
    books.model(TRAIT + "/v1", model(items, "v1"));

    assertThat(books.model(TRAIT + "/v1", null).outcome()).isEqualTo(ModelOutcome.RETIRED);

    assertThat(items.models().versions(TRAIT)).isEmpty();
  }

  @Test
  void shouldSayWhichVersionIsLiveWhereARecordCannotBeRead() {
    books.model(TRAIT + "/v1", model(items, "v1"));

    assertThat(books.refuseModel(TRAIT + "/v1", RefusalCode.UNREADABLE, "nonsense").liveVersion())
        .isEqualTo("v1");
  }

  private static RuleBook book(EntityType type, FeatureDeclarations declarations) {
    FeatureSchema schema = new FeatureEngine(declarations).schema();
    return new RuleBook(
        type, schema, new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint()));
  }

  private static ModelArtefact model(RuleBook book, String version) {
    return TestModels.stump(book.schema(), TRAIT, version, FEATURE, 0.5f, -1, 1);
  }

  private static TraitDefinition trait(String entityType) {
    return TraitDefinition.newBuilder()
        .setTrait(TRAIT)
        .setEntityType(entityType)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(1)
        .build();
  }

  private static SegmentDefinition segmentation(String entityType) {
    return SegmentDefinition.newBuilder()
        .setSegmentation("pace")
        .setEntityType(entityType)
        .setSegments(List.of(new Segment("all", "true", null)))
        .build();
  }
}
