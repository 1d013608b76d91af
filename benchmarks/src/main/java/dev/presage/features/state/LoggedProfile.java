package dev.presage.features.state;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The features' state, and the events since its body. */
final class LoggedProfile {
  private static final int ENTRY = 20;
  private static final int CAPACITY = 32;

  final ProfileState state;
  private byte[] log = new byte[0];

  LoggedProfile(ProfileState state) {
    this.state = state;
  }

  void note(byte[] record) {
    int at = log.length;
    log = Arrays.copyOf(log, at + ENTRY);
    System.arraycopy(record, 0, log, at, record.length);
  }

  record Format(FeatureEngine engine, ProfileCodec codec, boolean withHeads)
      implements ProfileFormat<LoggedProfile> {
    @Override
    public byte[] encodeBody(LoggedProfile profile) {
      return codec.encode(profile.state);
    }

    @Override
    public boolean needsBody(LoggedProfile profile) {
      return !withHeads || profile.log.length > CAPACITY * ENTRY;
    }

    @Override
    public byte[] encodeHead(LoggedProfile profile) {
      return profile.log;
    }

    @Override
    public void bodyWritten(LoggedProfile profile) {
      profile.log = new byte[0];
    }

    @Override
    public LoggedProfile decode(byte[] body, byte @Nullable [] head) {
      LoggedProfile profile = new LoggedProfile(codec.decode(body));
      if (head != null) {
        for (int at = 0; at < head.length; at += ENTRY) {
          engine.apply(profile.state, ShopEvents.read(head, at));
        }
        profile.log = head;
      }
      return profile;
    }

    @Override
    public int heapBytes(int bodyBytes) {
      return 10_000 + 9 * bodyBytes;
    }

    @Override
    public LoggedProfile cap(LoggedProfile profile, int maxBytes) {
      throw new IllegalStateException("No profile of the benchmark is that large");
    }
  }
}
