package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.model.LiveModelSet;
import dev.presage.model.LiveModels;
import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.entity.EntityType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in definitions and models as their topics bring them, and keeps the compiled snapshot. Many
 * threads may read {@link #current()} while followers write; a reader never waits.
 */
public final class RuleBook {
  private static final Logger log = LoggerFactory.getLogger(RuleBook.class);

  private final EntityType entityType;
  private final FeatureSchema schema;
  private final LiveModels models;
  private final Map<String, TraitDefinition> traits = new TreeMap<>();
  private final Map<String, SegmentDefinition> segmentations = new TreeMap<>();
  private volatile ScoringRules current;

  /** An empty book of customers. */
  public RuleBook(FeatureSchema schema, LiveModels models) {
    this(EntityType.CUSTOMER, schema, models);
  }

  /** An empty book. */
  public RuleBook(EntityType entityType, FeatureSchema schema, LiveModels models) {
    this.entityType = entityType;
    this.schema = schema;
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

  /** Takes in a trait definition, or its deletion. */
  public synchronized void trait(String name, @Nullable TraitDefinition definition) {
    change(traits, name, definition);
  }

  /** Takes in a segment definition, or its deletion. */
  public synchronized void segmentation(String name, @Nullable SegmentDefinition definition) {
    change(segmentations, name, definition);
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

  private <D> void change(Map<String, D> definitions, String name, @Nullable D definition) {
    if (definition == null) {
      definitions.remove(name);
    } else {
      definitions.put(name, definition);
    }
    compile();
  }

  private void compile() {
    Set<String> known = new HashSet<>(current.problems());
    ScoringRules compiled =
        RulesCompiler.compile(entityType, schema, traits, segmentations, models.current());
    compiled.problems().stream()
        .filter(problem -> !known.contains(problem))
        .forEach(problem -> log.warn("A definition is left out. {}", problem));
    current = compiled;
  }
}
