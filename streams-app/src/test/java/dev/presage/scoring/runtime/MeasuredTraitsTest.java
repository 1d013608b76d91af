package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModels;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelStage;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.TestModels;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.quality.MeasuredTrait;
import dev.presage.scoring.rules.RuleBook;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MeasuredTraitsTest {
  private final FeatureSchema ofCustomers = schema(TestFeatures.YAML);
  private final FeatureSchema ofItems = schema("entity: item\n" + TestFeatures.YAML);
  private final RuleBook customers = book(EntityType.CUSTOMER, ofCustomers);
  private final RuleBook items = book(new EntityType("item", "productId"), ofItems);
  private final MeasuredTraits traits = new MeasuredTraits(List.of(customers, items));

  @Test
  void shouldKnowTheTraitsOfEveryEntityType() {
    assertThat(traits.now()).isEmpty();

    customers.trait("repurchase", definition("repurchase", "customer", TraitKind.LIKELIHOOD));
    items.trait("demand", definition("demand", "item", TraitKind.VALUE));

    assertThat(traits.now().keySet()).containsExactlyInAnyOrder("repurchase", "demand");
    assertThat(find("demand").kind()).isEqualTo(TraitKind.VALUE);
    assertThat(find("demand").horizonMillis()).isEqualTo(1000);
    assertThat(find("demand").live()).isNull();
    assertThat(traits.find("nothing")).isNull();
  }

  @Test
  void shouldFollowTheModelsThatAreLoaded() {
    items.trait("demand", definition("demand", "item", TraitKind.VALUE));
    items.model("demand/v1", model("v1", ModelStage.LIVE));
    items.model("demand/v2", model("v2", ModelStage.SHADOW));

    assertThat(find("demand").versions())
        .extracting(LoadedModel::version)
        .containsExactlyInAnyOrder("v1", "v2");
    assertThat(Objects.requireNonNull(find("demand").live()).version()).isEqualTo("v1");

    items.model("demand/v2", model("v2", ModelStage.LIVE));
    items.model("demand/v1", null);

    assertThat(find("demand").versions()).hasSize(1);
    assertThat(Objects.requireNonNull(find("demand").live()).version()).isEqualTo("v2");
  }

  @Test
  void shouldAnswerTheSameWhileNothingChanges() {
    items.trait("demand", definition("demand", "item", TraitKind.VALUE));

    assertThat(traits.now()).isSameAs(traits.now());
  }

  private MeasuredTrait find(String name) {
    return Objects.requireNonNull(traits.find(name));
  }

  private ModelArtefact model(String version, ModelStage stage) {
    return ModelArtefact.newBuilder(
            TestModels.stump(ofItems, "demand", version, "orders_30d", 5, -1, 1))
        .setStage(stage)
        .build();
  }

  private static TraitDefinition definition(String trait, String entityType, TraitKind kind) {
    return TraitDefinition.newBuilder()
        .setTrait(trait)
        .setEntityType(entityType)
        .setKind(kind)
        .setTarget(new Target("order_completed", "true"))
        .setHorizonMillis(1000)
        .build();
  }

  private static FeatureSchema schema(String yaml) {
    return new FeatureEngine(FeatureDeclarations.parse(yaml, "a test")).schema();
  }

  private static RuleBook book(EntityType type, FeatureSchema schema) {
    return new RuleBook(
        type, schema, new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), schema.fingerprint()));
  }
}
