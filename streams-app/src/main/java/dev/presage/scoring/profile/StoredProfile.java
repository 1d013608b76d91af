package dev.presage.scoring.profile;

import dev.presage.features.state.ProfileCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a profile in its store, all numbers big-endian.
 *
 * <pre>
 *  0         1          5                      …               …
 *  +---------+----------+----------------------+---------------+--------------
 *  | version | segments | segments, 16 bytes   | traits, 32 b. | features
 *  | 0x01    | traits   | segmentation  int    | trait    int  | to the end,
 *  |         | 2 bytes  | segment       int    | model    int  | by
 *  |         | each     | since         long   | value  double | ProfileCodec
 *  |         |          |                      | revision long |
 *  |         |          |                      | as of    long |
 *  +---------+----------+----------------------+---------------+--------------
 * </pre>
 */
public final class StoredProfile {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 2 * Short.BYTES;
  private static final int SEGMENT_BYTES = 2 * Integer.BYTES + Long.BYTES;
  private static final int TRAIT_BYTES = 2 * Integer.BYTES + Double.BYTES + 2 * Long.BYTES;
  private static final int LARGEST_COUNT = 0xffff;

  private final ProfileCodec features;

  /** Stores profiles whose features are stored by a codec. */
  public StoredProfile(ProfileCodec features) {
    this.features = features;
  }

  /** The bytes of a profile. */
  public byte[] encode(Profile profile) {
    List<PublishedSegment> segments = profile.segments();
    List<PublishedTrait> traits = profile.traits();
    if (segments.size() > LARGEST_COUNT || traits.size() > LARGEST_COUNT) {
      throw new IllegalStateException(
          "A profile has %d segmentations and %d traits; at most %d of each can be stored"
              .formatted(segments.size(), traits.size(), LARGEST_COUNT));
    }
    byte[] state = features.encode(profile.features());
    ByteBuffer out =
        ByteBuffer.allocate(
            HEADER_BYTES
                + segments.size() * SEGMENT_BYTES
                + traits.size() * TRAIT_BYTES
                + state.length);
    out.put(VERSION).putShort((short) segments.size()).putShort((short) traits.size());
    for (PublishedSegment segment : segments) {
      out.putInt(segment.segmentationId())
          .putInt(segment.segmentId())
          .putLong(segment.sinceMillis());
    }
    for (PublishedTrait trait : traits) {
      out.putInt(trait.traitId())
          .putInt(trait.modelId())
          .putDouble(trait.value())
          .putLong(trait.revision())
          .putLong(trait.asOfMillis());
    }
    return out.put(state).array();
  }

  /**
   * The profile of these bytes.
   *
   * @throws IllegalArgumentException when they are not the bytes of a profile
   */
  public Profile decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "The stored profile has version " + version + "; this program reads " + VERSION);
      }
      int segmentCount = Short.toUnsignedInt(in.getShort());
      int traitCount = Short.toUnsignedInt(in.getShort());
      List<PublishedSegment> segments = new ArrayList<>(segmentCount);
      for (int i = 0; i < segmentCount; i++) {
        segments.add(new PublishedSegment(in.getInt(), in.getInt(), in.getLong()));
      }
      List<PublishedTrait> traits = new ArrayList<>(traitCount);
      for (int i = 0; i < traitCount; i++) {
        int traitId = in.getInt();
        int modelId = in.getInt();
        double value = in.getDouble();
        long revision = in.getLong();
        traits.add(new PublishedTrait(traitId, value, revision, modelId, in.getLong()));
      }
      byte[] state = new byte[in.remaining()];
      in.get(state);
      return new Profile(features.decode(state), traits, segments);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "The stored profile is cut off: " + bytes.length + " bytes", e);
    }
  }
}
