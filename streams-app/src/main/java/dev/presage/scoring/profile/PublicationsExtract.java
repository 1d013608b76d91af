package dev.presage.scoring.profile;

import dev.presage.features.state.ProfileExtract;
import org.jspecify.annotations.Nullable;

/** Reads what was published of a profile, without its features. */
final class PublicationsExtract implements ProfileExtract<Profile, Publications> {
  static final PublicationsExtract INSTANCE = new PublicationsExtract();

  private PublicationsExtract() {}

  @Override
  public Publications of(Profile profile) {
    return new Publications(
        profile.segments(),
        profile.traits(),
        profile.silentUntilMillis(),
        profile.nextLabelMillis(),
        profile.timerMillis());
  }

  @Override
  public Publications read(byte[] body, byte @Nullable [] head) {
    return StoredProfile.publications(body, head);
  }
}
