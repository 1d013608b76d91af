package dev.presage.scoring.profile;

import dev.presage.features.state.ProfileExtract;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the segments that a profile is in, without the rest. */
public final class MembershipExtract implements ProfileExtract<Profile, List<PublishedSegment>> {
  /** The only one; it has no state. */
  public static final MembershipExtract INSTANCE = new MembershipExtract();

  private MembershipExtract() {}

  @Override
  public List<PublishedSegment> of(Profile profile) {
    return profile.segments();
  }

  @Override
  public List<PublishedSegment> read(byte[] body, byte @Nullable [] head) {
    return List.copyOf(StoredProfile.publications(body, head).segments());
  }
}
