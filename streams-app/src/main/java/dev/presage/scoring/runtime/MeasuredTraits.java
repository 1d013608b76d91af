package dev.presage.scoring.runtime;

import dev.presage.scoring.quality.MeasuredTrait;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.RuleBook;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.TraitModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traits that are in effect, as those who measure their models see them. Thread-safe. */
final class MeasuredTraits {
  private final List<RuleBook> books;
  private volatile Snapshot last;

  private record Snapshot(List<ScoringRules> rules, Map<String, MeasuredTrait> byName) {
    /** Whether the books have these very rules still. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(List<RuleBook> books) {
      for (int i = 0; i < rules.size(); i++) {
        if (rules.get(i) != books.get(i).current()) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param books one of each entity type
   */
  MeasuredTraits(List<RuleBook> books) {
    this.books = List.copyOf(books);
    this.last = snapshot();
  }

  /** Those of this moment, by name. */
  Map<String, MeasuredTrait> now() {
    Snapshot known = last;
    if (!known.isOf(books)) {
      known = snapshot();
      last = known;
    }
    return known.byName();
  }

  /** The trait of a name; null where there is none. */
  @Nullable MeasuredTrait find(String name) {
    return now().get(name);
  }

  private Snapshot snapshot() {
    List<ScoringRules> rules = books.stream().map(RuleBook::current).toList();
    Map<String, MeasuredTrait> byName = new HashMap<>();
    for (ScoringRules ofBook : rules) {
      ofBook.traits().forEach(it -> byName.put(it.name(), measured(it)));
    }
    return new Snapshot(rules, Map.copyOf(byName));
  }

  private static MeasuredTrait measured(ActiveTrait trait) {
    TraitModel live = trait.models().live();
    return new MeasuredTrait(
        trait.name(),
        trait.definition().getKind(),
        trait.definition().getHorizonMillis(),
        trait.models().versions().stream().map(TraitModel::model).toList(),
        live == null ? null : live.model());
  }
}
