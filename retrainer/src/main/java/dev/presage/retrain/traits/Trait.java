package dev.presage.retrain.traits;

import dev.presage.features.FeatureSchema;
import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trait definition that was checked against a feature schema and compiled. Immutable. */
public final class Trait {
  /** The entity type whose profile log is replayed. */
  private static final String TRAINED = "customer";

  private final String name;
  private final long horizonMillis;
  private final String targetType;
  private final EventCondition targetCondition;
  private final Expression eligibility;

  private Trait(
      String name,
      long horizonMillis,
      String targetType,
      EventCondition targetCondition,
      Expression eligibility) {
    this.name = name;
    this.horizonMillis = horizonMillis;
    this.targetType = targetType;
    this.targetCondition = targetCondition;
    this.eligibility = eligibility;
  }

  /**
   * Compiles a definition.
   *
   * @throws InvalidTraitException when it cannot be trained, with every problem
   */
  public static Trait compile(TraitDefinition definition, FeatureSchema schema) {
    List<String> problems = new ArrayList<>();
    if (!definition.getEntityType().equals(TRAINED)) {
      problems.add(
          "its entity type is %s; only traits of %s can be trained, publish models of your own"
              .formatted(definition.getEntityType(), TRAINED));
    }
    if (definition.getKind() != TraitKind.LIKELIHOOD) {
      problems.add(
          "its kind is %s; only LIKELIHOOD can be trained".formatted(definition.getKind()));
    }
    if (definition.getHorizonMillis() <= 0) {
      problems.add(
          "its horizon is %d ms; expected a positive one".formatted(definition.getHorizonMillis()));
    }
    Expression eligibility = eligibility(definition, schema, problems);
    EventCondition condition = condition(definition, problems);
    if (!problems.isEmpty() || eligibility == null || condition == null) {
      throw new InvalidTraitException(definition.getTrait(), problems);
    }
    return new Trait(
        definition.getTrait(),
        definition.getHorizonMillis(),
        definition.getTarget().getEventType(),
        condition,
        eligibility);
  }

  /** Name of the trait. */
  public String name() {
    return name;
  }

  /** How far ahead it looks: the target counts in (t, t + horizon]. */
  public long horizonMillis() {
    return horizonMillis;
  }

  /** Whether an event is what the trait predicts. */
  public boolean isTarget(Event event) {
    return event.getType().equals(targetType) && targetCondition.test(event);
  }

  /** Whether a profile with this vector is scored. */
  public boolean isEligible(double[] vector) {
    return eligibility.test(vector);
  }

  private static @Nullable Expression eligibility(
      TraitDefinition definition, FeatureSchema schema, List<String> problems) {
    try {
      return Expression.condition(definition.getEligibility(), Scope.of(schema.names()));
    } catch (InvalidExpressionException e) {
      problems.add("its eligibility is wrong: " + e.getMessage());
      return null;
    }
  }

  private static @Nullable EventCondition condition(
      TraitDefinition definition, List<String> problems) {
    try {
      return EventCondition.compile(definition.getTarget().getCondition());
    } catch (InvalidExpressionException e) {
      problems.add("its target's condition is wrong: " + e.getMessage());
      return null;
    }
  }
}
