package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.schemas.avro.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a replay against vectors that were served: at the moment at which the event of one is
 * applied to its profile, the replay's vector as of the same time has to have the same bits. Used
 * by one thread.
 *
 * <p>An ID that was erased and let in again can have the same event twice, and the stream served it
 * once. So a vector differs only if none of the moments with its event gives it.
 */
public final class Parity {
  private final FeatureEngine engine;
  private final Map<String, List<Open>> byEvent = new HashMap<>();
  private final double[] replayed;
  private final long served;

  /**
   * Prepares to compare.
   *
   * @param served of the feature schema of the engine; several that say the same of one moment
   *     count once
   */
  public Parity(FeatureEngine engine, List<ServedVector> served) {
    this.engine = engine;
    this.replayed = new double[engine.schema().size()];
    long moments = 0;
    for (ServedVector vector : served) {
      if (vector.vector().length != replayed.length) {
        throw new IllegalArgumentException(
            "A served vector has %d features; expected %d"
                .formatted(vector.vector().length, replayed.length));
      }
      List<Open> ofEvent = byEvent.computeIfAbsent(vector.eventId(), id -> new ArrayList<>(1));
      if (ofEvent.stream().noneMatch(it -> it.vector.saysTheSameAs(vector))) {
        ofEvent.add(new Open(vector));
        moments++;
      }
    }
    this.served = moments;
  }

  /** Compares nothing. */
  static Parity none(FeatureEngine engine) {
    return new Parity(engine, List.of());
  }

  /** An event was applied to a profile. */
  void applied(ProfileFold profile, Event event) {
    if (served == 0 || event.getEventId() == null) {
      return;
    }
    List<Open> ofEvent = byEvent.get(event.getEventId());
    if (ofEvent != null) {
      boolean isLate =
          event.getOccurredAt().toEpochMilli() < profile.features().newestEventMillis();
      for (Open open : ofEvent) {
        if (!open.isEqual
            && open.vector.isLate() == isLate
            && open.vector.profileId().equals(profile.life().profileId)) {
          compare(profile, open);
        }
      }
    }
  }

  private void compare(ProfileFold profile, Open open) {
    engine.vector(profile.features(), open.vector.asOf(), replayed);
    int feature = firstDifference(open.vector.vector());
    open.isCompared = true;
    open.isEqual = feature < 0;
    open.difference =
        open.isEqual
            ? null
            : new ParityResult.Difference(
                engine.schema().names().get(feature),
                replayed[feature],
                open.vector.vector()[feature],
                open.vector.asOf());
  }

  private int firstDifference(double[] vector) {
    for (int i = 0; i < vector.length; i++) {
      // By bits: NaN is NaN, and 0.0 is not -0.0.
      if (Double.doubleToLongBits(vector[i]) != Double.doubleToLongBits(replayed[i])) {
        return i;
      }
    }
    return -1;
  }

  /** What came of it, as far as the history was replayed. */
  ParityResult result() {
    long compared = 0;
    long different = 0;
    ParityResult.Difference earliest = null;
    for (List<Open> ofEvent : byEvent.values()) {
      for (Open open : ofEvent) {
        compared += open.isCompared ? 1 : 0;
        ParityResult.Difference difference = open.difference;
        if (difference != null) {
          different++;
          if (earliest == null || difference.isBefore(earliest)) {
            earliest = difference;
          }
        }
      }
    }
    return new ParityResult(served, compared, different, earliest);
  }

  private static final class Open {
    final ServedVector vector;
    boolean isCompared;
    boolean isEqual;
    ParityResult.@Nullable Difference difference;

    Open(ServedVector vector) {
      this.vector = vector;
    }
  }
}
