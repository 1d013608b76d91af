package dev.presage.scoring.runtime;

/**
 * The profile that an external ID resolves to.
 *
 * @param id canonical ID
 * @param found what was read of it
 */
public record CanonicalProfile(String id, FoundProfile found) {}
