package dev.presage.scoring.rules;

import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitDefinition;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A trait with its compiled definition and its models. */
public final class ActiveTrait {
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

  /** Whether a profile with these features is scored. */
  public boolean isEligible(double[] slots) {
    return eligibility.test(slots);
  }

  /** Whether an event is what the trait predicts. */
  public boolean isTarget(Event event) {
    return definition.getTarget().getEventType().equals(event.getType()) && target.test(event);
  }

  /**
   * Whether the vector of this score is kept as a training example: the definition's share of all,
   * and always the same ones.
   */
  public boolean isExample(String profileId, @Nullable String eventId, long asOfMillis) {
    double share = definition.getExampleShare();
    if (share >= 1) {
      return true;
    }
    if (share <= 0) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(profileId.getBytes(StandardCharsets.UTF_8));
    crc.update((eventId == null ? "" : eventId).getBytes(StandardCharsets.UTF_8));
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      crc.update((int) (asOfMillis >>> shift));
    }
    return crc.getValue() < share * 0x1p32;
  }
}
