package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.state.ProfileCodec;
import dev.presage.features.state.ProfileFormat;
import dev.presage.features.state.Varints;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a profile in its store, all numbers big-endian.
 *
 * <pre>
 *  body
 *  +---------+-----------+------------------------------+
 *  | version | published | features, by ProfileCodec,   |
 *  | 0x02    |           | to the end                   |
 *  +---------+-----------+------------------------------+
 *
 *  head: what came after the body
 *  +-----------+----------------------+-----------------------+
 *  | published | published, if the    | log of the features,  |
 *  | 1 byte:   | byte before it is 1; | by ProfileCodec, to   |
 *  | 0 or 1    | else as in the body  | the end               |
 *  +-----------+----------------------+-----------------------+
 *
 *  published
 *  +----------+--------------------+--------+---------------------+
 *  | segments | segments           | traits | traits              |
 *  | varint   | segmentation int   | varint | trait    int        |
 *  |          | segment      int   |        | model    int        |
 *  |          | since        time  |        | value    double     |
 *  |          |                    |        | revision varint     |
 *  |          |                    |        | as of    time       |
 *  +----------+--------------------+--------+---------------------+
 *   time: milliseconds after the time before it in the bytes, the first after 1970; the sign is the
 *         lowest bit; varint
 * </pre>
 *
 * <p>A varint has 7 bits a byte, the lowest first. Thread-safe.
 */
public final class StoredProfile implements ProfileFormat<Profile> {
  private static final byte VERSION = 2;
  private static final byte AS_IN_BODY = 0;
  private static final byte CHANGED = 1;
  private static final int LARGEST_VARINT_BYTES = 10;
  private static final int SEGMENT_BYTES = 2 * Integer.BYTES + LARGEST_VARINT_BYTES;
  private static final int TRAIT_BYTES =
      2 * Integer.BYTES + Double.BYTES + 2 * LARGEST_VARINT_BYTES;
  private static final int LARGEST_COUNT = 0xffff;
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
    ByteBuffer out = ByteBuffer.allocate(1 + publishedBytes(profile) + state.length);
    out.put(VERSION);
    writePublished(profile, out);
    return bytes(out.put(state));
  }

  @Override
  public boolean needsBody(Profile profile) {
    return profile.features().log().isFull();
  }

  @Override
  public byte[] encodeHead(Profile profile) {
    byte[] log = features.encodeLog(profile.features());
    if (!profile.isChangedSinceBody()) {
      return bytes(ByteBuffer.allocate(1 + log.length).put(AS_IN_BODY).put(log));
    }
    ByteBuffer out = ByteBuffer.allocate(1 + publishedBytes(profile) + log.length);
    out.put(CHANGED);
    writePublished(profile, out);
    return bytes(out.put(log));
  }

  @Override
  public void bodyWritten(Profile profile) {
    profile.setChangedSinceBody(false);
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
      List<PublishedSegment> segments = new ArrayList<>();
      List<PublishedTrait> traits = new ArrayList<>();
      readPublished(in, segments, traits);
      ProfileState state = features.decode(rest(in));
      Profile profile = new Profile(state, traits, segments);
      return head == null ? profile : decodeHead(ByteBuffer.wrap(head), profile);
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
      List<PublishedSegment> segments = new ArrayList<>();
      List<PublishedTrait> traits = new ArrayList<>();
      readPublished(in, segments, traits);
      profile = new Profile(before.features(), traits, segments);
      profile.setChangedSinceBody(true);
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
    Profile capped = new Profile(profile.features(), traits, segments);
    if (encodeBody(capped).length <= maxBytes) {
      return capped;
    }
    ProfileState anew = engine.newState();
    anew.advanceTo(profile.features().newestEventMillis());
    anew.recentIds().markCapped();
    return new Profile(anew, traits, segments);
  }

  private static <T> List<T> newest(List<T> published, Comparator<T> byTime) {
    return published.stream().sorted(byTime.reversed()).limit(COUNT_IF_CAPPED).toList();
  }

  private static int publishedBytes(Profile profile) {
    return 2 * LARGEST_VARINT_BYTES
        + profile.segments().size() * SEGMENT_BYTES
        + profile.traits().size() * TRAIT_BYTES;
  }

  private static void writePublished(Profile profile, ByteBuffer out) {
    long before = 0;
    Varints.write(profile.segments().size(), out);
    for (PublishedSegment segment : profile.segments()) {
      out.putInt(segment.segmentationId()).putInt(segment.segmentId());
      writeTime(segment.sinceMillis() - before, out);
      before = segment.sinceMillis();
    }
    Varints.write(profile.traits().size(), out);
    for (PublishedTrait trait : profile.traits()) {
      out.putInt(trait.traitId()).putInt(trait.modelId()).putDouble(trait.value());
      Varints.write(trait.revision(), out);
      writeTime(trait.asOfMillis() - before, out);
      before = trait.asOfMillis();
    }
  }

  private static void readPublished(
      ByteBuffer in, List<PublishedSegment> segments, List<PublishedTrait> traits) {
    long before = 0;
    int segmentCount = readCount(in);
    for (int i = 0; i < segmentCount; i++) {
      int segmentationId = in.getInt();
      int segmentId = in.getInt();
      before += readTime(in);
      segments.add(new PublishedSegment(segmentationId, segmentId, before));
    }
    int traitCount = readCount(in);
    for (int i = 0; i < traitCount; i++) {
      int traitId = in.getInt();
      int modelId = in.getInt();
      double value = in.getDouble();
      long revision = Varints.read(in);
      before += readTime(in);
      traits.add(new PublishedTrait(traitId, value, revision, modelId, before));
    }
  }

  private static void checkVersion(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "The stored profile has version " + version + "; this program reads " + VERSION);
    }
  }

  private static int readCount(ByteBuffer in) {
    long count = Varints.read(in);
    if (count < 0 || count > LARGEST_COUNT) {
      throw new IllegalArgumentException(
          "The stored profile cannot have " + Long.toUnsignedString(count) + " publications");
    }
    return (int) count;
  }

  private static void writeTime(long millis, ByteBuffer out) {
    Varints.write((millis << 1) ^ (millis >> 63), out);
  }

  private static long readTime(ByteBuffer in) {
    long coded = Varints.read(in);
    return (coded >>> 1) ^ -(coded & 1);
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
