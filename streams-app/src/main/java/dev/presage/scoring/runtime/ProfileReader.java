package dev.presage.scoring.runtime;

import dev.presage.features.identity.Identity;
import dev.presage.scoring.profile.Profile;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Reads the profile of an ID from the instance that folds it, whichever that is; where it cannot be
 * had there, from a standby replica, here if there is one. Thread-safe.
 */
final class ProfileReader {
  /** Longer only while a cycle is being resolved. */
  private static final int MOST_REDIRECTS = 16;

  private final HostInfo self;
  private final ProfileStores stores;
  private final OtherInstances others;
  private final boolean standbyReads;

  /**
   * Makes a reader.
   *
   * @param self how other instances know this one
   * @param stores of this instance
   * @param others the other instances
   * @param standbyReads whether a standby replica may answer
   */
  ProfileReader(HostInfo self, ProfileStores stores, OtherInstances others, boolean standbyReads) {
    this.self = self;
    this.stores = stores;
    this.others = others;
    this.standbyReads = standbyReads;
  }

  /**
   * The profile that an external ID resolves to; empty where nothing is known of it.
   *
   * @throws StoreUnavailableException where no instance can tell now
   */
  Optional<CanonicalProfile> follow(String id) {
    String at = id;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Optional<FoundProfile> found = read(at);
      if (found.isPresent()
          && found.get().profile().identity() instanceof Identity.Redirect redirect) {
        at = redirect.to();
      } else {
        String canonical = at;
        return found.map(it -> new CanonicalProfile(canonical, it));
      }
    }
    throw new StoreUnavailableException(
        "The ID resolves through more than %d others just now".formatted(MOST_REDIRECTS));
  }

  /**
   * What is known under an ID, wherever it is; empty where nothing is known of the ID.
   *
   * @throws StoreUnavailableException where no instance can tell now
   */
  Optional<FoundProfile> read(String id) {
    byte[] key = key(id);
    Whereabouts where = stores.find(key);
    StoreUnavailableException unavailable;
    try {
      return readActive(id, key, where);
    } catch (StoreUnavailableException e) {
      unavailable = e;
    }
    for (HostInfo standby : standbysToAsk(where)) {
      try {
        return standby.equals(self)
            ? readStandbyHere(key, where.partition())
            : others.ask(standby, id);
      } catch (StoreUnavailableException e) {
        unavailable.addSuppressed(e);
      }
    }
    throw unavailable;
  }

  /**
   * The profile of an ID as this instance has it, for another one that asks; no further instance is
   * asked, so that no question goes in circles.
   *
   * @throws StoreUnavailableException where this instance cannot tell now
   */
  Optional<FoundProfile> readHere(String id) {
    byte[] key = key(id);
    Whereabouts where = stores.find(key);
    try {
      return readActiveHere(key, where.partition());
    } catch (StoreUnavailableException e) {
      if (!standbyReads || !where.standbys().contains(self)) {
        throw e;
      }
    }
    return readStandbyHere(key, where.partition());
  }

  private Optional<FoundProfile> readActive(String id, byte[] key, Whereabouts where) {
    HostInfo active =
        where
            .active()
            .orElseThrow(
                () ->
                    new StoreUnavailableException(
                        "No instance has partition " + where.partition() + " of the profiles now"));
    return active.equals(self) ? readActiveHere(key, where.partition()) : others.ask(active, id);
  }

  private List<HostInfo> standbysToAsk(Whereabouts where) {
    if (!standbyReads) {
      return List.of();
    }
    Comparator<HostInfo> selfFirst = Comparator.comparing(it -> !it.equals(self));
    return where.standbys().stream().sorted(selfFirst).toList();
  }

  private Optional<FoundProfile> readActiveHere(byte[] key, int partition) {
    return stores.readActive(key, partition).map(it -> new FoundProfile(it, null));
  }

  /** Takes the lag first: what a replica without lag does not have afterwards is not known. */
  private Optional<FoundProfile> readStandbyHere(byte[] key, int partition) {
    long lag = stores.lag(partition);
    Optional<Profile> profile = stores.readStandby(key, partition);
    if (profile.isEmpty() && lag > 0) {
      throw new StoreUnavailableException(
          "The standby replica is %d records behind and has no such profile yet".formatted(lag));
    }
    return profile.map(it -> new FoundProfile(it, lag));
  }

  private static byte[] key(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }
}
