package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureEngine;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileReaderTest {
  private static final HostInfo SELF = new HostInfo("a", 1);
  private static final HostInfo OTHER = new HostInfo("b", 1);
  private static final HostInfo THIRD = new HostInfo("c", 1);
  private static final String ID = "ü/1";

  private final Profile profile =
      new Profile(new FeatureEngine(TestFeatures.declarations()).newState());
  private final Stores stores = new Stores();
  private final Others others = new Others();

  @Test
  void shouldReadHereWhatIsHere() {
    stores.where = at(SELF, OTHER);
    stores.active = profile;

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, null));
    assertThat(stores.key).isEqualTo(ID.getBytes(StandardCharsets.UTF_8));
    assertThat(others.asked).isEmpty();
  }

  @Test
  void shouldAskTheInstanceThatHasIt() {
    stores.where = at(OTHER, SELF, THIRD);
    others.answers.put(OTHER, Optional.of(new FoundProfile(profile, null)));

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, null));
    assertThat(others.asked).containsExactly("b " + ID);
  }

  @Test
  void shouldTakeItsWordThatNothingIsKnown() {
    stores.where = at(OTHER, SELF);
    stores.standby = profile;
    others.answers.put(OTHER, Optional.empty());

    assertThat(reader().read(ID)).isEmpty();
  }

  @Test
  void shouldReadItsOwnStandbyReplicaWhereTheInstanceCannotBeReached() {
    stores.where = at(OTHER, THIRD, SELF);
    stores.standby = profile;
    stores.lag = 7;
    others.answers.put(THIRD, Optional.of(new FoundProfile(profile, 1L)));

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, 7L));
    assertThat(others.asked).containsExactly("b " + ID);
  }

  @Test
  void shouldAskForAStandbyReplicaWhereItHasNone() {
    stores.where = at(OTHER, THIRD);
    others.answers.put(THIRD, Optional.of(new FoundProfile(profile, 3L)));

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, 3L));
  }

  @Test
  void shouldReadAStandbyReplicaWhereNobodyFoldsThePartition() {
    stores.where = new Whereabouts(0, Optional.empty(), Set.of(SELF));
    stores.standby = profile;

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, 0L));
  }

  @Test
  void shouldAskForAStandbyReplicaWhileItRestoresItsStore() {
    stores.where = at(SELF, OTHER);
    others.answers.put(OTHER, Optional.of(new FoundProfile(profile, 3L)));

    assertThat(reader().read(ID)).contains(new FoundProfile(profile, 3L));
  }

  @Test
  void shouldNotSayThatNothingIsKnownWhereAReplicaIsBehind() {
    stores.where = at(OTHER, SELF);
    stores.lag = 1;

    assertThatThrownBy(() -> reader().read(ID))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("b:1 is gone")
        .hasSuppressedException(
            new StoreUnavailableException(
                "The standby replica is 1 records behind and has no such profile yet"));

    stores.lag = 0;
    assertThat(reader().read(ID)).isEmpty();
  }

  @Test
  void shouldLeaveStandbyReplicasAloneWhereTheyMayNotAnswer() {
    stores.where = at(OTHER, SELF, THIRD);
    stores.standby = profile;
    ProfileReader reader = new ProfileReader(SELF, stores, others, false);

    assertThatThrownBy(() -> reader.read(ID)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> reader.readHere(ID)).isInstanceOf(StoreUnavailableException.class);
    assertThat(others.asked).containsExactly("b " + ID);
  }

  @Test
  void shouldAskNobodyForAnInstanceThatAsks() {
    stores.where = at(OTHER, THIRD);
    assertThatThrownBy(() -> reader().readHere(ID)).isInstanceOf(StoreUnavailableException.class);

    stores.where = at(OTHER, SELF);
    stores.standby = profile;
    assertThat(reader().readHere(ID)).contains(new FoundProfile(profile, 0L));

    stores.active = profile;
    assertThat(reader().readHere(ID)).contains(new FoundProfile(profile, null));
    assertThat(others.asked).isEmpty();
  }

  private ProfileReader reader() {
    return new ProfileReader(SELF, stores, others, true);
  }

  private static Whereabouts at(HostInfo active, HostInfo... standbys) {
    return new Whereabouts(0, Optional.of(active), Set.of(standbys));
  }

  /** Stores that are unavailable where they hold nothing. */
  private static final class Stores implements ProfileStores {
    private Whereabouts where = at(SELF);
    private byte[] key = {};
    private @Nullable Profile active;
    private @Nullable Profile standby;
    private long lag;

    @Override
    public Whereabouts find(byte[] key) {
      this.key = key;
      return where;
    }

    @Override
    public Optional<Profile> readActive(byte[] key, int partition) {
      if (active == null) {
        throw new StoreUnavailableException("not here");
      }
      return Optional.of(active);
    }

    @Override
    public Optional<Profile> readStandby(byte[] key, int partition) {
      return Optional.ofNullable(standby);
    }

    @Override
    public long lag(int partition) {
      return lag;
    }
  }

  private static final class Others implements OtherInstances {
    private final Map<HostInfo, Optional<FoundProfile>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    @Override
    public Optional<FoundProfile> ask(HostInfo instance, String id) {
      asked.add(instance.host() + " " + id);
      Optional<FoundProfile> answer = answers.get(instance);
      if (answer == null) {
        throw new StoreUnavailableException(instance.host() + ":" + instance.port() + " is gone");
      }
      return answer;
    }
  }
}
