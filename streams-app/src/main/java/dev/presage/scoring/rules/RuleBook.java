package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.features.PastEvents;
import dev.presage.features.expression.Scope;
import dev.presage.model.LiveModelSet;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.scoring.entity.EntityType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes in definitions and models as their topics bring them, and keeps the compiled snapshot. Many
 * threads may read {@link #current()} while followers write; a reader never waits.
 */
public final class RuleBook {
  private final EntityType entityType;
  private final FeatureSchema schema;
  private final PastEvents past;
  private final LiveModels models;
  private final KeptDefinitions<TraitDefinition> traits =
      new KeptDefinitions<>(DefinitionKind.TRAIT);
  private final KeptDefinitions<SegmentDefinition> segmentations =
      new KeptDefinitions<>(DefinitionKind.SEGMENTATION);
  private final KeptDefinitions<TriggerDefinition> triggers =
      new KeptDefinitions<>(DefinitionKind.TRIGGER);
  private @Nullable Scope recipients;
  private volatile ScoringRules current;

  /** An empty book of customers. */
  public RuleBook(FeatureSchema schema, LiveModels models) {
    this(EntityType.CUSTOMER, schema, models);
  }

  /** An empty book whose features tell nothing of what profiles have done. */
  public RuleBook(EntityType entityType, FeatureSchema schema, LiveModels models) {
    this(entityType, schema, PastEvents.NONE, models);
  }

  /**
   * An empty book.
   *
   * @param past by which features it is known what profiles have done
   */
  public RuleBook(EntityType entityType, FeatureSchema schema, PastEvents past, LiveModels models) {
    this.entityType = entityType;
    this.schema = schema;
    this.past = past;
    this.models = models;
    this.current = ScoringRules.none(schema);
  }

  /** Whose rules these are. */
  EntityType entityType() {
    return entityType;
  }

  /** What models must be trained on. */
  FeatureSchema schema() {
    return schema;
  }

  /** The snapshot to score one event by. */
  public ScoringRules current() {
    return current;
  }

  /**
   * Takes in a trait definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> trait(
      String name, @Nullable TraitDefinition definition) {
    traits.put(name, definition);
    return decide(traits, name);
  }

  /**
   * Takes in a segment definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> segmentation(
      String name, @Nullable SegmentDefinition definition) {
    segmentations.put(name, definition);
    return decide(segmentations, name);
  }

  /**
   * Takes in that a record of the topic of trait definitions cannot be read.
   *
   * @return what became of the trait, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> refuseTrait(String name, String problem) {
    traits.refuse(name, problem);
    return decide(traits, name);
  }

  /**
   * Takes in that a record of the topic of segment definitions cannot be read.
   *
   * @return what became of the segmentation, and then of every definition that it changed something
   *     for
   */
  public synchronized List<DefinitionDecision> refuseSegmentation(String name, String problem) {
    segmentations.refuse(name, problem);
    return decide(segmentations, name);
  }

  /**
   * Takes in a trigger definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> trigger(
      String name, @Nullable TriggerDefinition definition) {
    triggers.put(name, definition);
    return decide(triggers, name);
  }

  /**
   * Takes in that a record of the topic of trigger definitions cannot be read.
   *
   * @return what became of the trigger, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> refuseTrigger(String name, String problem) {
    triggers.refuse(name, problem);
    return decide(triggers, name);
  }

  /**
   * Takes in where rules over customers find their values, for triggers of something else that go
   * to customers.
   *
   * @return what became of every definition that it changed something for
   */
  synchronized List<DefinitionDecision> recipients(Scope customers) {
    recipients = customers;
    compile();
    return changes();
  }

  /**
   * Takes in a record of the topic of models; one that is refused changes nothing.
   *
   * @param key {@code <trait>/<version>}
   * @param artefact null where the version is withdrawn
   */
  public synchronized ModelDecision model(String key, @Nullable ModelArtefact artefact) {
    ModelDecision decision = models.apply(key, artefact);
    compile();
    return decision;
  }

  /** Refuses a record of the topic of models that could not be offered; changes nothing. */
  public ModelDecision refuseModel(String key, RefusalCode code, String reason) {
    return models.refuse(key, code, reason);
  }

  /** The models of this moment. */
  public LiveModelSet models() {
    return models.current();
  }

  private List<DefinitionDecision> decide(KeptDefinitions<?> definitions, String name) {
    compile();
    List<DefinitionDecision> decisions = new ArrayList<>();
    decisions.add(definitions.decision(name));
    decisions.addAll(changes());
    return decisions;
  }

  private List<DefinitionDecision> changes() {
    List<DefinitionDecision> changes = new ArrayList<>(traits.changes());
    changes.addAll(segmentations.changes());
    changes.addAll(triggers.changes());
    return changes;
  }

  private void compile() {
    current =
        RulesCompiler.compile(
            entityType,
            schema,
            past,
            traits,
            segmentations,
            triggers,
            models.current(),
            recipients);
  }
}
