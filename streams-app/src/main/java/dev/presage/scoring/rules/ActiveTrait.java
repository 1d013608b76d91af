package dev.presage.scoring.rules;

import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitDefinition;

/** A trait with its compiled definition and its models. */
public final class ActiveTrait {
  private static final String ANY_EVENT_TYPE = "*";
  private static final double MILLIONTHS = 1e6;

  private final TraitDefinition definition;
  private final int id;
  private final int slot;
  private final int percentileSlot;
  private final Expression eligibility;
  private final EventCondition target;
  private final TraitModels models;

  ActiveTrait(
      TraitDefinition definition,
      int slot,
      int percentileSlot,
      Expression eligibility,
      EventCondition target,
      TraitModels models) {
    this.definition = definition;
    this.id = NameId.of(definition.getTrait());
    this.slot = slot;
    this.percentileSlot = percentileSlot;
    this.eligibility = eligibility;
    this.target = target;
    this.models = models;
  }

  public TraitDefinition definition() {
    return definition;
  }

  public String name() {
    return definition.getTrait();
  }

  /** Stands for the trait in the state of profiles. */
  public int id() {
    return id;
  }

  /** Where segment rules find the value. */
  public int slot() {
    return slot;
  }

  /** Where segment rules find the percentile of the value, 0 to 100. */
  public int percentileSlot() {
    return percentileSlot;
  }

  /** What it is scored by. */
  public TraitModels models() {
    return models;
  }

  /** Whether a profile with these features is scored; nobody is while the trait is paused. */
  public boolean isEligible(double[] slots) {
    return !definition.getPaused() && eligibility.test(slots);
  }

  /** Whether an event is what the trait predicts, or the first of several that it does. */
  public boolean isTarget(Event event) {
    String type = definition.getTarget().getEventType();
    return (type.equals(event.getType()) || type.equals(ANY_EVENT_TYPE)) && target.test(event);
  }

  /**
   * What an event that is the target adds to what is counted of a profile: 1; of a sum, its
   * property in millionths, 0 where it has none that is a finite number. In whole numbers, so that
   * what was added before cannot change a difference in its last bits.
   */
  public long counts(Event event) {
    String sumOf = definition.getSumOf();
    if (sumOf == null) {
      return 1;
    }
    return event.getProperties().get(sumOf) instanceof Number number
            && Double.isFinite(number.doubleValue())
        ? Math.round(number.doubleValue() * MILLIONTHS)
        : 0;
  }

  /** What was counted as a value: how often, or the sum. */
  public double amount(long counted) {
    return definition.getSumOf() == null ? (double) counted : counted / MILLIONTHS;
  }

  /**
   * Whether the outcome of a score is known from how often the target has happened, or what it came
   * to, and when last. That of several events and of failures is read off the whole history, by the
   * retrainer; that of an attribute is not known of those for whom it is predicted.
   */
  public boolean isToldByTargets() {
    return definition.getFurther().isEmpty()
        && definition.getFailure() == null
        && definition.getAttribute() == null;
  }

  /**
   * Whether the vector of this score is kept as a training example: the definition's share of all,
   * and always the same ones.
   *
   * @param draw its lot, see {@link ExampleDraw}
   */
  public boolean isExample(double draw) {
    return draw < definition.getExampleShare();
  }
}
