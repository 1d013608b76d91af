package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.identity.Identity;
import dev.presage.features.state.ProfileCodec;
import dev.presage.features.state.ProfileFormat;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a profile in its store, all numbers big-endian.
 *
 * <pre>
 *  body
 *  +---------+----------+-----------+------------------------------+
 *  | version | identity | published | features, by ProfileCodec,   |
 *  | 0x03    |          |           | to the end                   |
 *  +---------+----------+-----------+------------------------------+
 *
 *  head: what came after the body
 *  +-----------+----------------------+-----------------------+
 *  | published | published, if the    | log of the features,  |
 *  | 1 byte:   | byte before it is 1; | by ProfileCodec, to   |
 *  | 0 or 1    | else as in the body  | the end               |
 *  +-----------+----------------------+-----------------------+
 *
 *  identity, by StoredIdentity
 *
 *  published, by Publications
 * </pre>
 *
 * <p>Thread-safe.
 */
public final class StoredProfile implements ProfileFormat<Profile> {
  private static final byte VERSION = 3;
  private static final byte AS_IN_BODY = 0;
  private static final byte CHANGED = 1;
  private static final int COUNT_IF_CAPPED = 1_000;

  // Measured: decoded profiles of 10 series and up to 5,000 events; and the body, which they keep.
  private static final int HEAP_PER_SERIES = 1_000;
  private static final int HEAP_PER_BODY_BYTE = 9 + 1;

  private final FeatureEngine engine;
  private final ProfileCodec features;
  private final int heapBytesEmpty;

  /** Stores profiles with the features of an engine. */
  public StoredProfile(FeatureEngine engine) {
    this.engine = engine;
    this.features = new ProfileCodec(engine);
    this.heapBytesEmpty = HEAP_PER_SERIES * engine.newState().layout().series().size();
  }

  @Override
  public byte[] encodeBody(Profile profile) {
    byte[] state = features.encode(profile.features());
    ByteBuffer out =
        ByteBuffer.allocate(
            1
                + StoredIdentity.mostBytes(profile.identity())
                + Publications.mostBytes(profile)
                + state.length);
    out.put(VERSION);
    StoredIdentity.write(profile.identity(), out);
    Publications.write(profile, out);
    return bytes(out.put(state));
  }

  @Override
  public boolean needsBody(Profile profile) {
    return profile.becameSinceBody() || profile.features().log().isFull();
  }

  @Override
  public byte[] encodeHead(Profile profile) {
    byte[] log = features.encodeLog(profile.features());
    if (!profile.isChangedSinceBody()) {
      return bytes(ByteBuffer.allocate(1 + log.length).put(AS_IN_BODY).put(log));
    }
    ByteBuffer out = ByteBuffer.allocate(1 + Publications.mostBytes(profile) + log.length);
    out.put(CHANGED);
    Publications.write(profile, out);
    return bytes(out.put(log));
  }

  @Override
  public void bodyWritten(Profile profile) {
    profile.bodyWritten();
    features.stored(profile.features());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when they are not the bytes of a profile
   */
  @Override
  public Profile decode(byte[] body, byte @Nullable [] head) {
    ByteBuffer in = ByteBuffer.wrap(body);
    try {
      checkVersion(in);
      Identity identity = StoredIdentity.read(in);
      Publications published = Publications.read(in);
      Profile profile = published.of(identity, features.decode(rest(in)));
      return head == null ? profile : decodeHead(ByteBuffer.wrap(head), profile);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "The stored profile is cut off: %d bytes, and %d after them"
              .formatted(body.length, head == null ? 0 : head.length),
          e);
    }
  }

  /**
   * What was published of a profile, without its features.
   *
   * @throws IllegalArgumentException when they are not the bytes of a profile
   */
  static Publications publications(byte[] body, byte @Nullable [] head) {
    try {
      if (head != null && head.length > 0 && head[0] == CHANGED) {
        ByteBuffer in = ByteBuffer.wrap(head);
        in.get();
        return Publications.read(in);
      }
      ByteBuffer in = ByteBuffer.wrap(body);
      checkVersion(in);
      var unused = StoredIdentity.read(in);
      return Publications.read(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "The stored profile is cut off: %d bytes, and %d after them"
              .formatted(body.length, head == null ? 0 : head.length),
          e);
    }
  }

  private Profile decodeHead(ByteBuffer in, Profile before) {
    byte published = in.get();
    Profile profile = before;
    if (published == CHANGED) {
      profile = Publications.read(in).of(before.identity(), before.features());
      profile.markChanged();
    } else if (published != AS_IN_BODY) {
      throw new IllegalArgumentException(
          "The head of the stored profile begins with " + published + "; expected 0 or 1");
    }
    features.replay(profile.features(), rest(in));
    return profile;
  }

  @Override
  public int heapBytes(int bodyBytes) {
    return heapBytesEmpty + HEAP_PER_BODY_BYTE * bodyBytes;
  }

  /**
   * Keeps the newest of what was published, and the features if there is room. Else they begin
   * anew: their state is bounded by what is declared, so that only declarations with very many
   * series can come to this.
   */
  @Override
  public Profile cap(Profile profile, int maxBytes) {
    List<PublishedTrait> traits =
        newest(profile.traits(), Comparator.comparingLong(PublishedTrait::asOfMillis));
    List<PublishedSegment> segments =
        newest(profile.segments(), Comparator.comparingLong(PublishedSegment::sinceMillis));
    Profile capped = profile.with(profile.features(), traits, segments);
    if (encodeBody(capped).length <= maxBytes) {
      return capped;
    }
    ProfileState anew = engine.newState();
    anew.advanceTo(profile.features().newestEventMillis());
    anew.recentIds().markCapped();
    return profile.with(anew, traits, segments);
  }

  private static <T> List<T> newest(List<T> published, Comparator<T> byTime) {
    return published.stream().sorted(byTime.reversed()).limit(COUNT_IF_CAPPED).toList();
  }

  private static void checkVersion(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "The stored profile has version " + version + "; this program reads " + VERSION);
    }
  }

  private static byte[] bytes(ByteBuffer out) {
    return rest(out.flip());
  }

  private static byte[] rest(ByteBuffer in) {
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return rest;
  }
}
