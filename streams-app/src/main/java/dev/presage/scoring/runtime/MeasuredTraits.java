package dev.presage.scoring.runtime;

import dev.presage.scoring.quality.MeasuredTrait;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.TraitModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traits that are in effect, as those who measure their models see them. Thread-safe. */
final class MeasuredTraits {
  private final RuleBook rules;
  private volatile Snapshot last;

  private record Snapshot(ScoringRules rules, Map<String, MeasuredTrait> byName) {}

  MeasuredTraits(RuleBook rules) {
    this.rules = rules;
    this.last = of(rules.current());
  }

  /** Those of this moment, by name. */
  @SuppressWarnings("ReferenceEquality") // Whether it is the very snapshot that is known.
  Map<String, MeasuredTrait> now() {
    ScoringRules current = rules.current();
    Snapshot known = last;
    if (known.rules() != current) {
      known = of(current);
      last = known;
    }
    return known.byName();
  }

  /** The trait of a name; null where there is none. */
  @Nullable MeasuredTrait find(String name) {
    return now().get(name);
  }

  private static Snapshot of(ScoringRules rules) {
    Map<String, MeasuredTrait> byName = new HashMap<>();
    for (ActiveTrait trait : rules.traits()) {
      TraitModel live = trait.models().live();
      byName.put(
          trait.name(),
          new MeasuredTrait(
              trait.name(),
              trait.definition().getKind(),
              trait.definition().getHorizonMillis(),
              trait.models().versions().stream().map(TraitModel::model).toList(),
              live == null ? null : live.model()));
    }
    return new Snapshot(rules, Map.copyOf(byName));
  }
}
