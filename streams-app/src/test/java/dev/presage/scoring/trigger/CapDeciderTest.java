package dev.presage.scoring.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.HeldBy;
import dev.presage.scoring.trigger.CapDecision.Held;
import dev.presage.scoring.trigger.CapDecision.Sent;
import dev.presage.scoring.trigger.CapRules.Cap;
import dev.presage.scoring.trigger.ProfileSends.Send;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapDeciderTest {
  private static final long DAY = 86_400_000;

  @Test
  void shouldLetTheCoolDownEndAfterExactlyItsLength() {
    CapRules rules = rules(DAY, null, null, 0);
    ProfileSends sends = sends(10 * DAY);

    assertThat(held(rules, 11 * DAY - 1, sends)).isEqualTo(HeldBy.COOL_DOWN);
    assertThat(held(rules, 11 * DAY, sends)).isNull();
  }

  @Test
  void shouldHoldBackWhatIsTooNearALaterOne() {
    CapRules rules = rules(DAY, null, null, 0);
    ProfileSends sends = sends(10 * DAY);

    assertThat(held(rules, 9 * DAY + 1, sends)).isEqualTo(HeldBy.COOL_DOWN);
    assertThat(held(rules, 9 * DAY, sends)).isNull();
  }

  @Test
  void shouldCountTheWindowsThatLieAroundALateCandidate() {
    CapRules rules = rules(0, new Cap(2, 7 * DAY), null, 0);
    ProfileSends sends = sends(10 * DAY, 14 * DAY);

    assertThat(held(rules, 12 * DAY, sends)).isEqualTo(HeldBy.PER_PROFILE);
    assertThat(held(rules, 7 * DAY, sends)).as("(7 d, 14 d] has no room for it").isNull();
    assertThat(held(rules, 7 * DAY + 1, sends)).isEqualTo(HeldBy.PER_PROFILE);
  }

  @Test
  void shouldHoldBackWhatIsLaterThanTheLateness() {
    CapRules rules = rules(0, null, null, 0);
    ProfileSends sends = sends(50 * DAY);

    assertThat(held(rules, 20 * DAY, sends)).isNull();
    assertThat(held(rules, 20 * DAY - 1, sends)).isEqualTo(HeldBy.LATE);
  }

  @Test
  void shouldSayTheSameOfADecisionThatIsMadeAgain() {
    CapRules rules = rules(DAY, new Cap(1, 7 * DAY), null, 0);
    ProfileSends sends = ProfileSends.of(List.of(new Send(10 * DAY, 77, false)));

    assertThat(CapDecider.decide(rules, "u-1", 10 * DAY, 77, sends, null))
        .isEqualTo(new Sent(false, sends));
  }

  @Test
  void shouldBoundWhatIsKeptOfAProfile() {
    CapRules rules = rules(0, null, null, 0);
    ProfileSends sends = ProfileSends.NONE;
    for (int i = 0; i < CapDecider.MOST_KEPT; i++) {
      sends = ((Sent) CapDecider.decide(rules, "u-1", i, i, sends, null)).after();
    }

    assertThat(held(rules, CapDecider.MOST_KEPT, sends)).isEqualTo(HeldBy.PER_PROFILE);
    assertThat(held(rules, 60 * DAY, sends)).as("the old ones are dropped").isNull();
  }

  @Test
  void shouldTakeNoPlaceForAMemberOfTheHoldoutButHoldItBackAsOthers() {
    CapRules everybody = rules(0, null, new Cap(1, DAY), 1);
    Places places = new Places(new Cap(1, DAY), everybody.latenessMillis());
    Sent first = (Sent) CapDecider.decide(everybody, "u-1", 0, 1, ProfileSends.NONE, places);
    places.replace(ProfileSends.NONE, first.after());

    CapRules nobody = rules(0, null, new Cap(1, DAY), 0);
    Sent second = (Sent) CapDecider.decide(nobody, "u-2", 1, 2, ProfileSends.NONE, places);
    places.replace(ProfileSends.NONE, second.after());

    assertThat(first.holdout()).isTrue();
    assertThat(second.holdout()).isFalse();
    assertThat(CapDecider.decide(everybody, "u-3", 2, 3, ProfileSends.NONE, places))
        .isInstanceOfSatisfying(Held.class, it -> assertThat(it.by()).isEqualTo(HeldBy.TOTAL));
  }

  private static @Nullable HeldBy held(CapRules rules, long time, ProfileSends sends) {
    return CapDecider.decide(rules, "u-1", time, -1, sends, null) instanceof Held held
        ? held.by()
        : null;
  }

  private static ProfileSends sends(long... times) {
    ProfileSends sends = ProfileSends.NONE;
    for (long time : times) {
      sends = sends.with(new Send(time, time, false), Long.MAX_VALUE / 2);
    }
    return sends;
  }

  private static CapRules rules(
      long coolDown, @Nullable Cap perProfile, @Nullable Cap total, double holdout) {
    return new CapRules(coolDown, perProfile, total, 30 * DAY, Holdout.of("t", holdout));
  }
}
