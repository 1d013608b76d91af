package dev.presage.model.calibration;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.Band;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named ranges of predictions, from the highest to the lowest. Immutable. */
public final class Bands {
  /** No bands. */
  public static final Bands NONE = new Bands(List.of());

  private static final int MOST_BANDS = 1000;

  private final String[] names;
  private final double[] from;

  private Bands(List<Band> bands) {
    this.names = bands.stream().map(Band::getName).toArray(String[]::new);
    this.from = bands.stream().mapToDouble(Band::getFrom).toArray();
  }

  /**
   * The bands of an artefact.
   *
   * @throws ModelRefusedException when they are not in order, or have no names
   */
  public static Bands of(List<Band> bands) throws ModelRefusedException {
    if (bands.size() > MOST_BANDS) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "the artefact has %d bands, the limit is %d; use fewer"
              .formatted(bands.size(), MOST_BANDS));
    }
    Set<String> names = new HashSet<>();
    double last = Double.POSITIVE_INFINITY;
    for (Band band : bands) {
      if (!(band.getFrom() < last) || band.getName().isBlank() || !names.add(band.getName())) {
        throw new ModelRefusedException(
            RefusalCode.UNREADABLE,
            "the artefact's band \"%s\" from %s cannot be: each has a name of its own, and begins below the one before"
                .formatted(band.getName(), band.getFrom()));
      }
      last = band.getFrom();
    }
    return bands.isEmpty() ? NONE : new Bands(bands);
  }

  /** Name of the band that a prediction is in, null where it is in none. Allocates nothing. */
  public @Nullable String of(double prediction) {
    for (int i = 0; i < from.length; i++) {
      if (prediction >= from[i]) {
        return names[i];
      }
    }
    return null;
  }

  /** Names of the bands, from the highest to the lowest. */
  public List<String> names() {
    return List.of(names);
  }
}
