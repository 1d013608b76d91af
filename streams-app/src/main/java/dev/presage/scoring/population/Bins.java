package dev.presage.scoring.population;

import dev.presage.schemas.avro.TraitKind;
import org.jspecify.annotations.Nullable;

/**
 * Divides the values of a trait into bins, the same on every instance. Immutable; allocates
 * nothing.
 */
public sealed interface Bins permits LikelihoodBins, ValueBins {

  /** The bins of a kind of trait; null where its values have no order. */
  static @Nullable Bins of(TraitKind kind) {
    return switch (kind) {
      case LIKELIHOOD -> LikelihoodBins.STANDARD;
      case VALUE -> ValueBins.STANDARD;
      case CLASS -> null;
    };
  }

  /** The bins of a name; null where this release has none such. */
  static @Nullable Bins named(String name) {
    return switch (name) {
      case LikelihoodBins.NAME -> LikelihoodBins.STANDARD;
      case ValueBins.NAME -> ValueBins.STANDARD;
      default -> null;
    };
  }

  /** What tells these bins from others, in the records that are shared. */
  String name();

  /** How many bins there are. */
  int count();

  /**
   * The bin of a value, from 0; never lower for a higher value.
   *
   * @param value not NaN
   */
  int bin(double value);

  /** The lowest value of a bin, about; negative infinity for the lowest bin. */
  double from(int bin);
}
