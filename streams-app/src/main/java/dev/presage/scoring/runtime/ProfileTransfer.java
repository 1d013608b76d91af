package dev.presage.scoring.runtime;

import dev.presage.features.FeatureEngine;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.StoredProfile;

/**
 * How an instance gives a profile to another one, over HTTP. The answer is the body that {@code
 * StoredProfile} draws, so that the one that was asked makes every answer by the rules that it has;
 * a standby replica adds its lag as a header. Thread-safe.
 *
 * <pre>
 *  GET /internal/v1/profiles/{percent-encoded ID}[?entityType={other than customer}]
 *  200 application/octet-stream   the profile; Presage-Standby-Lag: records, of a standby replica
 *  204                            nothing is known of the ID
 *  503                            it cannot be read here now
 * </pre>
 */
public final class ProfileTransfer {
  /** Where instances ask one another. */
  public static final String PATH = "/internal/v1/profiles";

  /** How many records a standby replica was behind. */
  public static final String LAG_HEADER = "Presage-Standby-Lag";

  /** More than the body of any profile, which is capped to what a record of Kafka takes. */
  static final int LARGEST_BYTES = 4 << 20;

  private final EntityType type;
  private final StoredProfile format;

  ProfileTransfer(EntityType type, FeatureEngine engine) {
    this.type = type;
    this.format = new StoredProfile(engine);
  }

  /** What is asked for, after the ID. */
  String query() {
    return type.isCustomer() ? "" : "?entityType=" + type.name();
  }

  /** The bytes of a profile. */
  public byte[] encode(Profile profile) {
    return format.encodeBody(profile);
  }

  /**
   * The profile that bytes stand for.
   *
   * @throws StoreUnavailableException where this version cannot read them
   */
  Profile decode(byte[] bytes) {
    try {
      return format.decode(bytes, null);
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException(
          "its answer cannot be read; another version may be running there: " + e.getMessage());
    }
  }
}
