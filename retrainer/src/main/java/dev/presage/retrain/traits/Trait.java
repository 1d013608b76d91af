package dev.presage.retrain.traits;

import dev.presage.features.Eligibility;
import dev.presage.features.FeatureEngine;
import dev.presage.features.FeatureReads;
import dev.presage.features.FeatureSchema;
import dev.presage.features.PastEvents;
import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trait definition that was checked against a feature schema and compiled. Immutable. */
public final class Trait {
  /** The entity type whose profile log is replayed. */
  private static final String TRAINED = "customer";

  private final String name;
  private final TraitKind kind;
  private final long horizonMillis;
  private final List<EventPattern> steps;
  private final List<EventPattern> failures;
  private final Goal goal;
  private final @Nullable String sumOf;
  private final Expression eligibility;
  private final @Nullable Declaration declaration;

  /**
   * How an attribute is declared, and whose declarations count.
   *
   * @param property an event of the target's type that has it is a declaration
   * @param trusted whose declarations can be trusted
   */
  private record Declaration(String property, Expression trusted) {}

  private Trait(
      TraitDefinition definition,
      List<EventPattern> steps,
      List<EventPattern> failures,
      Expression eligibility,
      @Nullable Declaration declaration) {
    this.declaration = declaration;
    Failure failure = definition.getFailure();
    Long after = failure == null ? null : failure.getAfterMillis();
    this.name = definition.getTrait();
    this.kind = definition.getKind();
    this.horizonMillis = definition.getHorizonMillis();
    this.steps = List.copyOf(steps);
    this.failures = List.copyOf(failures);
    this.goal =
        new Goal(
            steps.size(),
            definition.getOrdered(),
            definition.getAbsent(),
            failure != null,
            after == null ? Long.MAX_VALUE : after);
    this.sumOf = definition.getSumOf();
    this.eligibility = eligibility;
  }

  /**
   * Compiles a definition that asks for nothing done or not done: a schema alone does not tell what
   * was.
   *
   * @throws InvalidTraitException when its rows cannot be built, with every problem
   */
  public static Trait compile(TraitDefinition definition, FeatureSchema schema) {
    return compile(definition, schema, PastEvents.NONE);
  }

  /**
   * Compiles a definition.
   *
   * @throws InvalidTraitException when its rows cannot be built, with every problem
   */
  public static Trait compile(TraitDefinition definition, FeatureEngine engine) {
    return compile(definition, engine.schema(), engine.pastEvents());
  }

  private static Trait compile(TraitDefinition definition, FeatureSchema schema, PastEvents past) {
    List<String> problems = new ArrayList<>();
    if (!definition.getEntityType().equals(TRAINED)) {
      problems.add(
          "its entity type is %s; only traits of %s can be trained, publish models of your own"
              .formatted(definition.getEntityType(), TRAINED));
    }
    if (definition.getKind() == TraitKind.CLASS) {
      problems.add("its kind is CLASS; only LIKELIHOOD and VALUE can be learned from the history");
    }
    Trait trait = checked(definition, schema, past, problems);
    if (trait == null || !problems.isEmpty()) {
      throw new InvalidTraitException(definition.getTrait(), problems);
    }
    return trait;
  }

  /**
   * What is wrong with a definition, a phrase each; empty where nothing is. One that cannot be
   * trained here, but served by a model from elsewhere, is not wrong.
   */
  public static List<String> problems(TraitDefinition definition, FeatureEngine engine) {
    List<String> problems = new ArrayList<>();
    boolean areFeaturesKnown = definition.getEntityType().equals(TRAINED);
    TraitDefinition known =
        areFeaturesKnown
            ? definition
            : TraitDefinition.newBuilder(definition)
                .setEligibility("true")
                .setCategory("true")
                .setDone(List.of())
                .setNotDone(List.of())
                .setAttribute(null)
                .setHorizonMillis(Math.max(1, definition.getHorizonMillis()))
                .build();
    checked(known, engine.schema(), engine.pastEvents(), problems);
    return problems;
  }

  private static @Nullable Trait checked(
      TraitDefinition definition, FeatureSchema schema, PastEvents past, List<String> problems) {
    int before = problems.size();
    checkShape(definition, problems);
    Scope scope = Scope.of(schema.names());
    Expression eligibility = Eligibility.compile(definition, scope, past, problems);
    List<EventPattern> steps = new ArrayList<>();
    add("target", definition.getTarget(), steps, problems);
    definition.getFurther().forEach(it -> add("target", it, steps, problems));
    List<EventPattern> failures = new ArrayList<>();
    if (definition.getFailure() != null) {
      definition.getFailure().getEvents().forEach(it -> add("failure", it, failures, problems));
    }
    Attribute attribute = definition.getAttribute();
    if (problems.size() > before || eligibility == null) {
      return null;
    }
    if (attribute == null) {
      return new Trait(definition, steps, failures, eligibility, null);
    }
    // What is learned is learned of those who can be trusted, for whom it is not predicted.
    Expression learned =
        Eligibility.compile(
            TraitDefinition.newBuilder(definition).setAttribute(null).build(),
            scope,
            past,
            problems);
    return learned == null
        ? null
        : new Trait(
            definition,
            steps,
            failures,
            learned,
            new Declaration(
                attribute.getProperty(), Expression.condition(attribute.getTrusted(), scope)));
  }

  private static void checkShape(TraitDefinition definition, List<String> problems) {
    long horizon = definition.getHorizonMillis();
    if (definition.getAttribute() != null) {
      checkAttribute(definition, definition.getAttribute(), problems);
    } else if (horizon <= 0) {
      problems.add("its horizon is %d ms; expected a positive one".formatted(horizon));
    }
    int events = 1 + definition.getFurther().size();
    if (events > Goal.MOST_STEPS) {
      problems.add(
          "its target has %d events; expected at most %d".formatted(events, Goal.MOST_STEPS));
    }
    if (definition.getKind() == TraitKind.VALUE) {
      if (events > 1 || definition.getAbsent() || definition.getFailure() != null) {
        problems.add(
            "it is a VALUE, which is a sum or a number of one sort of event; several events, absent"
                + " and failure are of likelihoods");
      }
    } else if (definition.getSumOf() != null) {
      problems.add(
          "it sums %s, but its kind is %s; expected VALUE"
              .formatted(definition.getSumOf(), definition.getKind()));
    }
    Failure failure = definition.getFailure();
    if (failure != null) {
      checkFailure(failure, horizon, problems);
    }
  }

  private static void checkAttribute(
      TraitDefinition definition, Attribute attribute, List<String> problems) {
    if (attribute.getProperty().isEmpty()) {
      problems.add("its attribute has no property");
    }
    if (definition.getHorizonMillis() != 0) {
      problems.add(
          "its horizon is %d ms, but it is an attribute, which has none; expected 0"
              .formatted(definition.getHorizonMillis()));
    }
    if (definition.getKind() != TraitKind.LIKELIHOOD
        || !definition.getFurther().isEmpty()
        || definition.getAbsent()
        || definition.getFailure() != null) {
      problems.add(
          "it is an attribute, which is a likelihood that one declaration says yes; a value or a"
              + " class, several events, absent and failure are of other traits");
    }
  }

  private static void checkFailure(Failure failure, long horizon, List<String> problems) {
    Long after = failure.getAfterMillis();
    if (failure.getEvents().isEmpty() && after == null) {
      problems.add("its failure has neither events nor a time after which silence is one");
    }
    if (after != null && (after < 1 || after > horizon)) {
      problems.add(
          "its failure comes after %d ms; expected 1 to the horizon, %d ms"
              .formatted(after, horizon));
    }
  }

  private static void add(
      String what, Target event, List<EventPattern> patterns, List<String> problems) {
    if (event.getEventType().isEmpty()) {
      problems.add("its %s has no event type".formatted(what));
      return;
    }
    try {
      patterns.add(
          new EventPattern(event.getEventType(), EventCondition.compile(event.getCondition())));
    } catch (InvalidExpressionException e) {
      problems.add("its %s's condition is wrong: %s".formatted(what, e.getMessage()));
    }
  }

  /** Name of the trait. */
  public String name() {
    return name;
  }

  /** What sort of value it has. */
  public TraitKind kind() {
    return kind;
  }

  /** Whether it is a property that profiles declare, and nothing that happens. */
  public boolean isAttribute() {
    return declaration != null;
  }

  /**
   * Of an attribute, whether what a profile with this vector declares can be trusted; of other
   * traits always.
   */
  public boolean isTrusted(double[] vector) {
    return declaration == null || declaration.trusted.test(vector);
  }

  /**
   * The features that no model of it may use: of an attribute those that look at its property, and
   * those that decide about trust. The former know what is to be learned, the latter have other
   * values where it is predicted than where it is learned.
   */
  public Set<String> forbidden(FeatureReads reads) {
    if (declaration == null) {
      return Set.of();
    }
    Set<String> direct = new LinkedHashSet<>(reads.ofProperty(declaration.property));
    direct.addAll(declaration.trusted.reads());
    return reads.withComputed(direct);
  }

  /** How far ahead it looks: the target counts in (t, t + horizon]; 0 of an attribute. */
  public long horizonMillis() {
    return horizonMillis;
  }

  /** What comes of a likelihood; a value is made of the events of its only step. */
  public Goal goal() {
    return goal;
  }

  /** Whether an event is what the trait predicts, or one of several that it does. */
  public boolean isTarget(Event event) {
    return (marks(event) & goal.allSteps()) != 0;
  }

  /**
   * What an event is to the trait: the bits of the steps that it is, and {@link Goal#FAILURE}. Of
   * an attribute a declaration is the one where it says yes and the other where it says no.
   */
  public int marks(Event event) {
    if (declaration != null) {
      return declared(event, declaration);
    }
    int marks = 0;
    for (int step = 0; step < steps.size(); step++) {
      if (steps.get(step).matches(event)) {
        marks |= 1 << step;
      }
    }
    for (EventPattern failure : failures) {
      if (failure.matches(event)) {
        marks |= Goal.FAILURE;
      }
    }
    return marks;
  }

  private int declared(Event event, Declaration declared) {
    EventPattern yes = steps.getFirst();
    if (!yes.isOfType(event) || event.getProperties().get(declared.property) == null) {
      return 0;
    }
    return yes.matches(event) ? goal.allSteps() : Goal.FAILURE;
  }

  /**
   * What a target's event adds to a value: 1, or the property that is summed, and 0 where it has
   * none that is a finite number.
   */
  public double amount(Event event) {
    if (sumOf == null) {
      return 1;
    }
    return event.getProperties().get(sumOf) instanceof Number number
            && Double.isFinite(number.doubleValue())
        ? number.doubleValue()
        : 0;
  }

  /**
   * Whether a row with this vector counts: whether a profile with it is scored, or, of an
   * attribute, would be if its word could not be trusted.
   */
  public boolean isEligible(double[] vector) {
    return eligibility.test(vector);
  }

  /** Whether every profile is eligible, whatever its vector, and no vector tells about trust. */
  public boolean isOpenToAll() {
    return declaration == null && eligibility.reads().isEmpty() && eligibility.test(new double[0]);
  }
}
