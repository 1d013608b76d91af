package dev.presage.scoring.quality;

import dev.presage.model.LoadedModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.DoubleFunction;

/**
 * The comparisons of all shadows and canaries with their live models. A comparison begins anew when
 * one of the two models is loaded anew, as with another stage. Thread-safe.
 */
public final class Challengers {
  /** By trait, then the challenger's version. */
  private final ConcurrentMap<String, ConcurrentMap<String, ChallengerPairs>> pairs =
      new ConcurrentHashMap<>();

  /** Adds what two models said of the same vector. Allocates nothing for models that are known. */
  public void add(LoadedModel challenger, double score, LoadedModel live, double liveScore) {
    ConcurrentMap<String, ChallengerPairs> ofTrait = pairs.get(challenger.trait());
    ChallengerPairs known = ofTrait == null ? null : ofTrait.get(challenger.version());
    if (known == null || !known.areOf(challenger, live)) {
      known = begin(challenger, live);
    }
    known.add(score, liveScore);
  }

  private ChallengerPairs begin(LoadedModel challenger, LoadedModel live) {
    return pairs
        .computeIfAbsent(challenger.trait(), it -> new ConcurrentHashMap<>())
        .compute(
            challenger.version(),
            (version, known) ->
                known != null && known.areOf(challenger, live)
                    ? known
                    : new ChallengerPairs(challenger, live));
  }

  /**
   * The figures of a trait, by the name of the challenger; those of models that do not score any
   * more are forgotten.
   *
   * @param percentileBands the name of the band of a percentile, 0 to 100, for models without bands
   *     of their own
   */
  List<ChallengerFigures> figures(MeasuredTrait trait, DoubleFunction<String> percentileBands) {
    ConcurrentMap<String, ChallengerPairs> ofTrait = pairs.get(trait.name());
    if (ofTrait == null) {
      return List.of();
    }
    ofTrait.values().removeIf(it -> !trait.isServing(it.challenger(), it.live()));
    List<ChallengerFigures> figures = new ArrayList<>();
    for (ChallengerPairs compared : ofTrait.values()) {
      ChallengerFigures known = compared.figures(percentileBands);
      if (known != null) {
        figures.add(known);
      }
    }
    figures.sort(Comparator.comparing(ChallengerFigures::version));
    return List.copyOf(figures);
  }

  /** Forgets all traits but those that are named. */
  void keepOnly(Set<String> traits) {
    pairs.keySet().retainAll(traits);
  }
}
