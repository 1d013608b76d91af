package dev.presage.scoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.AppliedLog;
import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.LogEntries;
import dev.presage.features.state.ProfileCodec;
import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.schemas.avro.PrivacyOutcome;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.profile.PublishedTrait.Outcomes;
import dev.presage.scoring.rules.ScoringRules;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredProfileTest {
  private static final Instant TIME = Instant.parse("2011-09-01T10:00:00Z");

  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
  private final ProfileFold fold =
      new ProfileFold(engine, SilenceLadder.STANDARD, new Population(1));
  private final ProfileCodec features = new ProfileCodec(engine);
  private final StoredProfile codec = new StoredProfile(engine);

  @Test
  void shouldReadWhatItWrote() {
    Profile profile = profile();

    Profile read = codec.decode(codec.encodeBody(profile), null);

    assertSame(read, profile);
  }

  @Test
  void shouldReadEveryIdentityAndTime() {
    for (Identity identity :
        List.of(
            Identity.NEW,
            new Identity.Own(5, 7, List.of("device", "\u00fcber"), 2),
            new Identity.Redirect("person", "linked", 9, 1),
            new Identity.Erased(11, 3))) {
      Profile profile = fold.newProfile();
      profile.become(identity, engine.newState());
      profile.silentUntil(1_000);
      profile.nextLabel(1_100);
      profile.timer(900);

      assertSame(codec.decode(codec.encodeBody(profile), null), profile);
    }
  }

  @Test
  void shouldNeedABodyWhenItBecameAnother() {
    Profile profile = profile();
    codec.bodyWritten(profile);
    assertThat(codec.needsBody(profile)).isFalse();

    profile.become(new Identity.Erased(11, 3), engine.newState());

    assertThat(codec.needsBody(profile)).isTrue();
  }

  /** Of a sum, more may have been given back than bought. */
  @Test
  void shouldReadBackWhatATargetCameToBelowNothing() {
    for (long targets : new long[] {-40_250_000, Long.MIN_VALUE, 1, Long.MAX_VALUE}) {
      Profile profile = profile();
      profile.publish(
          new PublishedTrait(
              2, 0.5, 3, 2, TIME.toEpochMilli(), 2, new Outcomes(5, targets, 1_000)));

      assertSame(codec.decode(codec.encodeBody(profile), null), profile);
    }
  }

  @Test
  void shouldKeepItsLayout() {
    byte[] state = features.encode(profile().features());
    byte[] stored = codec.encodeBody(profile());
    int published = stored.length - state.length;

    assertThat(HexFormat.of().formatHex(stored, 0, published))
        .isEqualTo(
            "03"
                + "00"
                + "8192b9a3a226"
                + "00"
                + "00"
                + "00"
                + "01"
                + "00000007"
                + "00000008"
                + "80a4f2c6c44c"
                + "01"
                + "00000001"
                + "00000002"
                + "3fe0000000000000"
                + "1a"
                + "00"
                + "05"
                + "02"
                + "d00f"
                + "00"
                + "00"
                + "00");
    assertThat(Arrays.copyOfRange(stored, published, stored.length)).isEqualTo(state);
  }

  @Test
  void shouldRefuseOtherVersionsAndWhatIsCutOff() {
    byte[] stored = codec.encodeBody(profile());
    byte[] other = stored.clone();
    other[0] = 9;

    assertThatThrownBy(() -> codec.decode(other, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 9");
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> codec.decode(cut, null)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void shouldReplaceWhatWasPublishedBefore() {
    Profile profile = profile();
    profile.publish(new PublishedTrait(1, 0.75, 4, 2, TIME.toEpochMilli()));
    profile.enter(new PublishedSegment(7, 9, TIME.toEpochMilli()));

    assertThat(profile.traits())
        .isEqualTo(List.of(new PublishedTrait(1, 0.75, 4, 2, TIME.toEpochMilli())));
    assertThat(profile.segments())
        .isEqualTo(List.of(new PublishedSegment(7, 9, TIME.toEpochMilli())));
  }

  @Test
  void shouldStoreInTheHeadWhatCameAfterTheBody() {
    Profile profile = profile();
    byte[] body = codec.encodeBody(profile);
    codec.bodyWritten(profile);
    apply(profile, "e-2", TIME.plusSeconds(1));
    byte[] published = codec.encodeHead(profile);
    profile.publish(new PublishedTrait(1, 0.75, 4, 2, TIME.toEpochMilli()));
    byte[] head = codec.encodeHead(profile);

    assertThat(published)
        .as("what was published is in the body as long as it is the same")
        .hasSizeLessThan(head.length - 20);
    assertSame(codec.decode(body, head), profile);
    assertThat(StoredProfile.publications(body, null).traits())
        .isEqualTo(codec.decode(body, null).traits());
    assertThat(StoredProfile.publications(body, head).traits())
        .isEqualTo(codec.decode(body, head).traits());
    assertThat(StoredProfile.publications(body, published).segments())
        .isEqualTo(profile.segments());
    Profile read = codec.decode(body, published);
    assertThat(read.traits()).isEqualTo(profile().traits());
    assertThat(codec.encodeHead(read))
        .as("a profile goes on with the head that it was read with")
        .isEqualTo(published);
    assertThat(codec.encodeHead(codec.decode(body, head))).isEqualTo(head);
  }

  @Test
  void shouldNeedABodyWhenTheLogOfTheFeaturesIsFull() {
    Profile profile = profile();
    codec.bodyWritten(profile);
    assertThat(codec.needsBody(profile)).isFalse();

    for (int i = 0; i <= AppliedLog.CAPACITY; i++) {
      apply(profile, "f-" + i, TIME.plusSeconds(i));
    }
    assertThat(codec.needsBody(profile)).isTrue();

    codec.bodyWritten(profile);
    assertThat(codec.needsBody(profile)).isFalse();
  }

  @Test
  void shouldRefuseAHeadThatIsNone() {
    byte[] body = codec.encodeBody(profile());

    assertThatThrownBy(() -> codec.decode(body, new byte[] {7}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins with 7");
    assertThatThrownBy(() -> codec.decode(body, new byte[] {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void shouldCapWhatWasPublishedBeforeItGivesUpFeatures() {
    Profile profile = profile();
    for (int i = 0; i < 1_100; i++) {
      profile.publish(new PublishedTrait(i, 0.5, 1, 2, TIME.toEpochMilli() + i));
    }
    int bytes = codec.encodeBody(profile).length;

    Profile capped = codec.cap(profile, bytes - 1);

    assertThat(codec.encodeBody(capped)).hasSizeLessThan(bytes);
    assertThat(capped.traits()).hasSize(1_000).extracting(PublishedTrait::traitId).contains(1_099);
    assertThat(features.encode(capped.features())).isEqualTo(features.encode(profile.features()));
  }

  @Test
  void shouldBeginAnewAndSaySoWhereFeaturesDoNotFit() {
    Profile profile = profile();
    int bytes = codec.encodeBody(profile).length;

    Profile capped = codec.cap(profile, bytes - 1);

    assertThat(codec.encodeBody(capped)).hasSizeLessThan(bytes);
    assertThat(capped.features().isCapped()).isTrue();
    assertThat(capped.features().newestEventMillis()).isEqualTo(TIME.toEpochMilli());
    assertThat(capped.traits()).isEqualTo(profile.traits());
  }

  private void assertSame(Profile read, Profile profile) {
    assertThat(read.traits()).isEqualTo(profile.traits());
    assertThat(read.segments()).isEqualTo(profile.segments());
    assertThat(read.identity()).isEqualTo(profile.identity());
    assertThat(read.silentUntilMillis()).isEqualTo(profile.silentUntilMillis());
    assertThat(read.nextLabelMillis()).isEqualTo(profile.nextLabelMillis());
    assertThat(read.timerMillis()).isEqualTo(profile.timerMillis());
    assertThat(features.encode(read.features())).isEqualTo(features.encode(profile.features()));
  }

  private void apply(Profile profile, String eventId, Instant time) {
    fold.apply(
        "u-1",
        profile,
        LogEntries.of(
            new Event(eventId, "order_completed", time, "u-1", null, Map.of("revenue", 12.5))),
        time.toEpochMilli(),
        ScoringRules.none(engine.schema()),
        new NoEffects());
  }

  private Profile profile() {
    Profile profile = fold.newProfile();
    apply(profile, "e-1", TIME);
    profile.publish(
        new PublishedTrait(
            1, 0.5, 3, 2, TIME.toEpochMilli(), 2, new Outcomes(5, 2, TIME.toEpochMilli() + 1_000)));
    profile.enter(new PublishedSegment(7, 8, TIME.toEpochMilli()));
    return profile;
  }

  private static final class NoEffects implements Effects {
    @Override
    public void triggerCandidate(TriggerCandidate candidate) {}

    @Override
    public void traitUpdate(TraitUpdate update) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void segmentChange(SegmentChange change) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void example(
        TrainingExample example, long number, long labelMillis, long targetsBefore) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void challenged(
        LoadedModel challenger, double score, @Nullable LoadedModel live, double liveScore) {
      throw new AssertionError("nothing is scored");
    }

    @Override
    public long label(String profileId, long untilMillis, Labels labels) {
      throw new AssertionError("nothing waits");
    }

    @Override
    public void examplesWithdrawn(String profileId, int traitId, long examples) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void traitWithdrawn(String profileId, int traitId) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void toLog(String profileId, ProfileLogRecord entry) {
      throw new AssertionError("nothing follows");
    }

    @Override
    public void acknowledged(
        String requestId, PrivacyAction action, PrivacyOutcome outcome, int ids) {
      throw new AssertionError("nothing was asked for");
    }

    @Override
    public void valueMoved(String profileId, int traitId, double from, double to) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void segmentEntered(String profileId, int segmentationId, int segmentId) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void segmentLeft(String profileId, int segmentationId, int segmentId) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void scored(String trait) {
      throw new AssertionError("nothing is scored");
    }
  }
}
