package dev.presage.scoring;

import dev.presage.features.FeatureEngine;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.rules.RuleBook;

/**
 * What the profiles of an entity type are folded and scored with.
 *
 * @param type what is profiled
 * @param engine of its declared features; stored profiles can be folded by this one alone
 * @param rules what its profiles are scored by
 */
public record EntityProfiles(EntityType type, FeatureEngine engine, RuleBook rules) {}
