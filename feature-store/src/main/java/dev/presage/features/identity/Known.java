package dev.presage.features.identity;

import dev.presage.features.ProfileState;

/** What is known under an ID: who it is, and what its features are made of. */
public interface Known {
  /** Who it is. */
  Identity identity();

  /** What its features are made of; without events where it is no profile. */
  ProfileState features();

  /** Replaces both. */
  void become(Identity identity, ProfileState features);
}
