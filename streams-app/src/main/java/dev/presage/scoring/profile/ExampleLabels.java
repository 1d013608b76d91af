package dev.presage.scoring.profile;

import dev.presage.schemas.avro.TrainingExample;
import dev.presage.scoring.profile.PublishedTrait.Outcomes;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.NameId;
import dev.presage.scoring.rules.ScoringRules;
import org.jspecify.annotations.Nullable;

/**
 * Labels the examples of a profile whose horizons are over, before anything later is applied to it:
 * of a likelihood, whether the target happened since; of a value, how often or what it came to. A
 * class has none, nor has what targets alone do not tell.
 */
record ExampleLabels(Profile profile, ScoringRules rules) implements Effects.Labels {
  @Override
  public @Nullable Double of(TrainingExample example, long targetsBefore) {
    PublishedTrait published = profile.trait(NameId.of(example.getTrait()));
    ActiveTrait trait = trait(example.getTrait());
    if (published == null || trait == null || !trait.isToldByTargets()) {
      return null;
    }
    Outcomes outcomes = published.outcomes();
    return switch (trait.definition().getKind()) {
      case LIKELIHOOD -> {
        boolean happened = outcomes.lastTargetMillis() > example.getAsOf().toEpochMilli();
        yield happened == trait.definition().getAbsent() ? 0.0 : 1.0;
      }
      case VALUE -> trait.amount(outcomes.targets() - targetsBefore);
      case CLASS -> null;
    };
  }

  private @Nullable ActiveTrait trait(String name) {
    for (ActiveTrait trait : rules.traits()) {
      if (trait.name().equals(name)) {
        return trait;
      }
    }
    return null;
  }
}
