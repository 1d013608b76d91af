package dev.presage.features.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of all partitions that a query asks for.
 *
 * @param stores one a partition, as of now
 */
record StoredProfilesOfPartitions<P>(Supplier<List<StoredProfiles<P>>> stores)
    implements StoredProfiles<P> {

  @Override
  public @Nullable P read(byte[] key) {
    for (StoredProfiles<P> store : stores.get()) {
      P profile = store.read(key);
      if (profile != null) {
        return profile;
      }
    }
    return null;
  }

  @Override
  public <E> @Nullable E read(byte[] key, ProfileExtract<P, E> extract) {
    for (StoredProfiles<P> store : stores.get()) {
      E part = store.read(key, extract);
      if (part != null) {
        return part;
      }
    }
    return null;
  }

  @Override
  public List<byte[]> writtenKeysAfter(byte @Nullable [] after, int most) {
    List<byte[]> keys = new ArrayList<>();
    for (StoredProfiles<P> store : stores.get()) {
      keys.addAll(store.writtenKeysAfter(after, most));
    }
    return keys.stream().sorted(Arrays::compareUnsigned).limit(most).toList();
  }
}
