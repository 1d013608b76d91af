package dev.presage.features.state;

import dev.presage.features.ProfileState;
import org.jspecify.annotations.Nullable;

/**
 * Profiles of features alone.
 *
 * @param codec of the features
 * @param withHeads whether there are heads, or bodies alone
 */
record StateFormat(ProfileCodec codec, boolean withHeads) implements ProfileFormat<ProfileState> {

  @Override
  public byte[] encodeBody(ProfileState profile) {
    return codec.encode(profile);
  }

  @Override
  public boolean needsBody(ProfileState profile) {
    return !withHeads || profile.log().isFull();
  }

  @Override
  public byte[] encodeHead(ProfileState profile) {
    return codec.encodeLog(profile);
  }

  @Override
  public void bodyWritten(ProfileState profile) {
    codec.stored(profile);
  }

  @Override
  public ProfileState decode(byte[] body, byte @Nullable [] head) {
    ProfileState profile = codec.decode(body);
    if (head != null) {
      codec.replay(profile, head);
    }
    return profile;
  }

  @Override
  public int heapBytes(int bodyBytes) {
    return 10_000 + 10 * bodyBytes;
  }

  @Override
  public ProfileState cap(ProfileState profile, int maxBytes) {
    throw new IllegalStateException("No profile of the benchmark is that large");
  }
}
