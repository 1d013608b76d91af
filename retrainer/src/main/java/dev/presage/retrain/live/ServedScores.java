package dev.presage.retrain.live;

import dev.presage.retrain.traits.Trait;
import java.util.List;

/** The scores that were served. */
public interface ServedScores {
  /**
   * The scores of a trait at moments of events, as far as their vectors were kept as training
   * examples and their models still know their baseline.
   *
   * @param from earliest as-of time, inclusive, milliseconds since the epoch
   * @param until latest as-of time, exclusive
   */
  List<ServedScore> of(Trait trait, long from, long until);
}
