package dev.presage.scoring.rules;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Draws the scores whose vectors are kept as training examples: the same ones in every run, and the
 * same ones for all traits, so that one draw serves them all.
 */
public final class ExampleDraw {
  private ExampleDraw() {}

  /**
   * The lot of a score: CRC-32C over who, what and when, as a share of all its values.
   *
   * @return in [0, 1); a trait keeps the scores below its share
   */
  public static double of(String profileId, @Nullable String eventId, long asOfMillis) {
    CRC32C crc = new CRC32C();
    crc.update(profileId.getBytes(StandardCharsets.UTF_8));
    if (eventId != null) {
      crc.update(eventId.getBytes(StandardCharsets.UTF_8));
    }
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      crc.update((int) (asOfMillis >>> shift));
    }
    return crc.getValue() * 0x1p-32;
  }
}
