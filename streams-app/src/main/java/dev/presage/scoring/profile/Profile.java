package dev.presage.scoring.profile;

import dev.presage.features.ProfileState;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.Known;
import dev.presage.scoring.trigger.Triggers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All state of one ID: who it is, what its features are made of, what was last published of it, and
 * how far its time has come. Mutable; belongs to the thread that folds it.
 */
public final class Profile implements Known {
  /** No timer is armed. */
  static final long NO_TIMER = 0;

  /** No example waits for its label. */
  static final long NO_LABEL = 0;

  private final List<PublishedTrait> traits;
  private final List<PublishedSegment> segments;
  private Identity identity;
  private ProfileState features;
  private long silentUntilMillis;
  private long nextLabelMillis = NO_LABEL;
  private long timerMillis = NO_TIMER;
  private boolean changedSinceBody;
  private boolean becameSinceBody;

  /**
   * Not stored: by which triggers {@link #nextDateMillis} was found; null where it is not known.
   */
  private @Nullable Triggers dated;

  private long nextDateMillis;

  /** A profile of which nothing was published. */
  public Profile(ProfileState features) {
    this(Identity.NEW, features, List.of(), List.of());
  }

  Profile(
      Identity identity,
      ProfileState features,
      List<PublishedTrait> traits,
      List<PublishedSegment> segments) {
    this.identity = identity;
    this.features = features;
    this.traits = new ArrayList<>(traits);
    this.segments = new ArrayList<>(segments);
  }

  /** The same profile with other features and publications. */
  Profile with(
      ProfileState features, List<PublishedTrait> traits, List<PublishedSegment> segments) {
    Profile other = new Profile(identity, features, traits, segments);
    other.time(silentUntilMillis, nextLabelMillis, timerMillis);
    return other;
  }

  @Override
  public Identity identity() {
    return identity;
  }

  @Override
  public ProfileState features() {
    return features;
  }

  @Override
  public void become(Identity identity, ProfileState features) {
    this.identity = identity;
    this.features = features;
    becameSinceBody = true;
    forgetNextDate();
  }

  /** Whether it has events of its own, or such as it absorbed. */
  public boolean isAlive() {
    return identity instanceof Identity.Own && !features.isEmpty();
  }

  /**
   * The time as of which it was scored last, or would have been: that of its newest event, or of
   * the last rung of the ladder of silence after it.
   */
  public long asOfMillis() {
    return Math.max(features.newestEventMillis(), silentUntilMillis);
  }

  /** The last rung of the ladder of silence that it was scored at; 0 where there was none. */
  public long silentUntilMillis() {
    return silentUntilMillis;
  }

  void silentUntil(long millis) {
    silentUntilMillis = millis;
    forgetNextDate();
    changedSinceBody = true;
  }

  /** Whether it is known when a date of it is due next, by these triggers. */
  boolean knowsNextDate(Triggers triggers) {
    return dated == triggers;
  }

  long nextDateMillis() {
    return nextDateMillis;
  }

  void nextDate(long millis, Triggers by) {
    nextDateMillis = millis;
    dated = by;
  }

  /** Its features or its time have changed. */
  void forgetNextDate() {
    dated = null;
  }

  /** When the next of its training examples can be labelled; 0 where none waits. */
  public long nextLabelMillis() {
    return nextLabelMillis;
  }

  void nextLabel(long millis) {
    nextLabelMillis = millis;
    changedSinceBody = true;
  }

  /** When its timer is due; 0 where none is armed. */
  public long timerMillis() {
    return timerMillis;
  }

  /** Notes when its timer is due. */
  public void timer(long millis) {
    timerMillis = millis;
    changedSinceBody = true;
  }

  /** What was published, in the order of first publication. */
  public List<PublishedTrait> traits() {
    return List.copyOf(traits);
  }

  /** The segments that the profile is in, in the order of first entry. */
  public List<PublishedSegment> segments() {
    return List.copyOf(segments);
  }

  /**
   * Forgets what was published when the profile is absorbed, but how many examples went out, as
   * they may have to be taken back one day.
   */
  void leave() {
    List<PublishedTrait> left = traits.stream().map(PublishedTrait::withdrawn).toList();
    withdraw();
    traits.addAll(left);
  }

  /** Forgets what was published. */
  void withdraw() {
    traits.clear();
    segments.clear();
    silentUntilMillis = 0;
    nextLabelMillis = NO_LABEL;
    changedSinceBody = true;
  }

  /** Says whether something was published since the stored body was written. */
  boolean isChangedSinceBody() {
    return changedSinceBody;
  }

  /** Says whether it became another since the stored body was written. */
  boolean becameSinceBody() {
    return becameSinceBody;
  }

  /** Restores what is stored beside the publications. */
  void time(long silentUntil, long nextLabel, long timer) {
    silentUntilMillis = silentUntil;
    nextLabelMillis = nextLabel;
    timerMillis = timer;
  }

  void markChanged() {
    changedSinceBody = true;
  }

  void bodyWritten() {
    changedSinceBody = false;
    becameSinceBody = false;
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
