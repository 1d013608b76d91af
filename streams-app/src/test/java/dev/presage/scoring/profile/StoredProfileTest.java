package dev.presage.scoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureEngine;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TrainingExample;
import dev.presage.schemas.avro.TraitUpdate;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.rules.ScoringRules;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredProfileTest {
  private static final Instant TIME = Instant.parse("2011-09-01T10:00:00Z");

  private final FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
  private final ProfileCodec features = new ProfileCodec(engine);
  private final StoredProfile codec = new StoredProfile(features);

  @Test
  void shouldReadWhatItWrote() {
    Profile profile = profile();

    Profile read = codec.decode(codec.encode(profile));

    assertThat(read.traits()).isEqualTo(profile.traits());
    assertThat(read.segments()).isEqualTo(profile.segments());
    assertThat(features.encode(read.features())).isEqualTo(features.encode(profile.features()));
  }

  @Test
  void shouldKeepItsLayout() {
    byte[] state = features.encode(profile().features());
    byte[] stored = codec.encode(profile());
    int published = stored.length - state.length;

    assertThat(HexFormat.of().formatHex(stored, 0, published))
        .isEqualTo(
            "0100010001"
                + "00000007"
                + "00000008"
                + "00000132246e4900"
                + "00000001"
                + "00000002"
                + "3fe0000000000000"
                + "0000000000000003"
                + "00000132246e4900");
    assertThat(Arrays.copyOfRange(stored, published, stored.length)).isEqualTo(state);
  }

  @Test
  void shouldRefuseOtherVersionsAndWhatIsCutOff() {
    byte[] stored = codec.encode(profile());
    byte[] other = stored.clone();
    other[0] = 9;

    assertThatThrownBy(() -> codec.decode(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 9");
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(RuntimeException.class);
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

  private Profile profile() {
    ProfileFold fold = new ProfileFold(engine);
    Profile profile = fold.newProfile();
    fold.apply(
        "u-1",
        profile,
        new Event("e-1", "order_completed", TIME, "u-1", null, Map.of("revenue", 12.5)),
        ScoringRules.none(engine.schema()),
        new NoEffects());
    profile.publish(new PublishedTrait(1, 0.5, 3, 2, TIME.toEpochMilli()));
    profile.enter(new PublishedSegment(7, 8, TIME.toEpochMilli()));
    return profile;
  }

  private static final class NoEffects implements Effects {
    @Override
    public void traitUpdate(TraitUpdate update) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void segmentChange(SegmentChange change) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void example(TrainingExample example) {
      throw new AssertionError("nothing is published");
    }

    @Override
    public void scored(String trait) {
      throw new AssertionError("nothing is scored");
    }
  }
}
