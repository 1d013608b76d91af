package dev.presage.scoring.profile;

import dev.presage.features.ProfileState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All state of one canonical ID: what its features are made of, and what was last published of it.
 * Mutable; belongs to the thread that folds it.
 */
public final class Profile {
  private final ProfileState features;
  private final List<PublishedTrait> traits;
  private final List<PublishedSegment> segments;
  private boolean changedSinceBody;

  /** A profile of which nothing was published. */
  public Profile(ProfileState features) {
    this(features, List.of(), List.of());
  }

  Profile(ProfileState features, List<PublishedTrait> traits, List<PublishedSegment> segments) {
    this.features = features;
    this.traits = new ArrayList<>(traits);
    this.segments = new ArrayList<>(segments);
  }

  public ProfileState features() {
    return features;
  }

  /** What was published, in the order of first publication. */
  public List<PublishedTrait> traits() {
    return List.copyOf(traits);
  }

  /** The segments that the profile is in, in the order of first entry. */
  public List<PublishedSegment> segments() {
    return List.copyOf(segments);
  }

  /** Says whether something was published since the stored body was written. */
  boolean isChangedSinceBody() {
    return changedSinceBody;
  }

  void setChangedSinceBody(boolean changed) {
    changedSinceBody = changed;
  }

  @Nullable PublishedTrait trait(int traitId) {
    for (PublishedTrait trait : traits) {
      if (trait.traitId() == traitId) {
        return trait;
      }
    }
    return null;
  }

  void publish(PublishedTrait published) {
    changedSinceBody = true;
    for (int i = 0; i < traits.size(); i++) {
      if (traits.get(i).traitId() == published.traitId()) {
        traits.set(i, published);
        return;
      }
    }
    traits.add(published);
  }

  @Nullable PublishedSegment segment(int segmentationId) {
    for (PublishedSegment segment : segments) {
      if (segment.segmentationId() == segmentationId) {
        return segment;
      }
    }
    return null;
  }

  void enter(PublishedSegment entered) {
    changedSinceBody = true;
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).segmentationId() == entered.segmentationId()) {
        segments.set(i, entered);
        return;
      }
    }
    segments.add(entered);
  }
}
