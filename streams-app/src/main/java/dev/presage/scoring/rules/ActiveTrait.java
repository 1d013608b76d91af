package dev.presage.scoring.rules;

import dev.presage.features.expression.Expression;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Reason;
import dev.presage.schemas.avro.TraitDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A trait with its compiled definition and, where there is one, its live model. */
public final class ActiveTrait {
  private final TraitDefinition definition;
  private final int id;
  private final int slot;
  private final Expression eligibility;
  private final @Nullable LoadedModel model;
  private final int modelId;
  private final @Nullable Reasons reasons;

  ActiveTrait(
      TraitDefinition definition, int slot, Expression eligibility, @Nullable LoadedModel model) {
    this.definition = definition;
    this.id = NameId.of(definition.getTrait());
    this.slot = slot;
    this.eligibility = eligibility;
    this.model = model;
    this.modelId = model == null ? 0 : NameId.of(model.version());
    this.reasons = Reasons.of(definition.getReasons(), model);
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

  /** The live model; null while there is none. */
  public @Nullable LoadedModel model() {
    return model;
  }

  /** Stands for the live model's version in the state of profiles. */
  public int modelId() {
    return modelId;
  }

  /** Whether a profile with these features is scored. */
  public boolean isEligible(double[] slots) {
    return eligibility.test(slots);
  }

  /**
   * The features that contributed most to a score of the live model, as many as the definition asks
   * for.
   */
  public List<Reason> reasons(double[] vector, double score) {
    return reasons == null ? List.of() : reasons.of(vector, score);
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
