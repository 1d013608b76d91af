package dev.presage.scoring.quality;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.TraitKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trait whose models are measured.
 *
 * @param horizonMillis how far ahead it looks
 * @param versions the versions that are loaded, of any stage
 * @param live the one that scores; null where none does
 */
public record MeasuredTrait(
    String name,
    TraitKind kind,
    long horizonMillis,
    List<LoadedModel> versions,
    @Nullable LoadedModel live) {

  public MeasuredTrait {
    versions = List.copyOf(versions);
  }

  /** The version as it is loaded; null where it is not. */
  @Nullable LoadedModel version(String version) {
    for (LoadedModel model : versions) {
      if (model.version().equals(version)) {
        return model;
      }
    }
    return null;
  }

  /** Whether a challenger is still loaded, and still the other is live. */
  @SuppressWarnings("ReferenceEquality") // One that is loaded anew is another, whatever it says.
  boolean isServing(LoadedModel challenger, LoadedModel other) {
    return live == other && challenger != live && version(challenger.version()) == challenger;
  }
}
