package dev.presage.scoring.profile;

import dev.presage.features.ProfileState;
import dev.presage.features.identity.Identity;
import dev.presage.features.state.Varints;
import dev.presage.scoring.profile.PublishedTrait.Outcomes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was published of a profile and how far its time has come, as stored, all numbers big-endian.
 *
 * <pre>
 *  +----------+--------------------+--------+---------------------+--------------+----------+
 *  | segments | segments           | traits | traits              | silent until | timer    |
 *  | varint   | segmentation int   | varint | trait    int        | next label   | optional |
 *  |          | segment      int   |        | model    int        | optional     | time     |
 *  |          | since        time  |        | value    double     | times        |          |
 *  |          |                    |        | ranked   varint     |              |          |
 *  |          |                    |        | as of    time       |              |          |
 *  |          |                    |        | examples varint     |              |          |
 *  |          |                    |        | targets  varint     |              |          |
 *  |          |                    |        | if there are: last  |              |          |
 *  |          |                    |        | target   time       |              |          |
 *  +----------+--------------------+--------+---------------------+--------------+----------+
 *   time: milliseconds after the time before it in the bytes, the first after 1970; the sign is the
 *         lowest bit; varint
 *   ranked: revision times 8, plus the number of the percentile band
 *   optional time: a time plus 1, or 0 for none
 * </pre>
 *
 * <p>A varint has 7 bits a byte, the lowest first.
 *
 * @param silentUntilMillis 0 where there is none
 * @param nextLabelMillis 0 where there is none
 * @param timerMillis 0 where there is none
 */
record Publications(
    List<PublishedSegment> segments,
    List<PublishedTrait> traits,
    long silentUntilMillis,
    long nextLabelMillis,
    long timerMillis) {
  private static final int LARGEST_VARINT_BYTES = 10;
  private static final int SEGMENT_BYTES = 2 * Integer.BYTES + LARGEST_VARINT_BYTES;
  private static final int TRAIT_BYTES =
      2 * Integer.BYTES + Double.BYTES + 5 * LARGEST_VARINT_BYTES;
  private static final int LARGEST_COUNT = 0xffff;
  private static final int BAND_BITS = 3;

  Profile of(Identity identity, ProfileState features) {
    Profile profile = new Profile(identity, features, traits, segments);
    profile.time(silentUntilMillis, nextLabelMillis, timerMillis);
    return profile;
  }

  /** The publications of a profile take no more bytes than this. */
  static int mostBytes(Profile profile) {
    return 5 * LARGEST_VARINT_BYTES
        + profile.segments().size() * SEGMENT_BYTES
        + profile.traits().size() * TRAIT_BYTES;
  }

  static void write(Profile profile, ByteBuffer out) {
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
      Varints.write(trait.revision() << BAND_BITS | trait.band(), out);
      writeTime(trait.asOfMillis() - before, out);
      before = trait.asOfMillis();
      writeOutcomes(trait.outcomes(), before, out);
    }
    before = writeOptionalTime(profile.silentUntilMillis(), before, out);
    before = writeOptionalTime(profile.nextLabelMillis(), before, out);
    writeOptionalTime(profile.timerMillis(), before, out);
  }

  /**
   * @throws IllegalArgumentException when they are not the bytes of publications
   */
  static Publications read(ByteBuffer in) {
    List<PublishedSegment> segments = new ArrayList<>();
    List<PublishedTrait> traits = new ArrayList<>();
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
      long ranked = Varints.read(in);
      int band = (int) ranked & ((1 << BAND_BITS) - 1);
      before += readTime(in);
      Outcomes outcomes = readOutcomes(before, in);
      traits.add(
          new PublishedTrait(
              traitId, value, ranked >>> BAND_BITS, modelId, before, band, outcomes));
    }
    long silentUntil = readOptionalTime(before, in);
    before = silentUntil == 0 ? before : silentUntil;
    long nextLabel = readOptionalTime(before, in);
    before = nextLabel == 0 ? before : nextLabel;
    return new Publications(segments, traits, silentUntil, nextLabel, readOptionalTime(before, in));
  }

  private static void writeOutcomes(Outcomes outcomes, long before, ByteBuffer out) {
    Varints.write(outcomes.examples(), out);
    Varints.write(outcomes.targets(), out);
    if (outcomes.targets() != 0) {
      writeTime(outcomes.lastTargetMillis() - before, out);
    }
  }

  private static Outcomes readOutcomes(long before, ByteBuffer in) {
    long examples = Varints.read(in);
    long targets = Varints.read(in);
    if (examples == 0 && targets == 0) {
      return Outcomes.NONE;
    }
    return new Outcomes(examples, targets, targets == 0 ? 0 : before + readTime(in));
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
    Varints.write(coded(millis), out);
  }

  private static long readTime(ByteBuffer in) {
    return decoded(Varints.read(in));
  }

  /** Returns what the next time is written after. */
  private static long writeOptionalTime(long millis, long before, ByteBuffer out) {
    Varints.write(millis == 0 ? 0 : coded(millis - before) + 1, out);
    return millis == 0 ? before : millis;
  }

  private static long readOptionalTime(long before, ByteBuffer in) {
    long read = Varints.read(in);
    return read == 0 ? 0 : before + decoded(read - 1);
  }

  private static long coded(long millis) {
    return (millis << 1) ^ (millis >> 63);
  }

  private static long decoded(long coded) {
    return (coded >>> 1) ^ -(coded & 1);
  }
}
