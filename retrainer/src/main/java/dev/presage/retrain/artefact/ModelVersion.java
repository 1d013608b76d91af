package dev.presage.retrain.artefact;

import dev.presage.model.ModelArtefacts;
import dev.presage.schemas.avro.Calibration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Names of model versions: the newest event of the history and the start of the checksum of payload
 * and calibration, for example {@code 20110831T173200Z-5f0c3a9b1d2e}. The same rows and the same
 * code give the same name, so a run that is repeated publishes the same version again and not a new
 * one.
 */
final class ModelVersion {
  private static final int CHECKSUM_DIGITS = 12;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private ModelVersion() {}

  static String of(long newestEventMillis, String payload, @Nullable Calibration calibration) {
    String checksum =
        calibration == null
            ? payload
            : ModelArtefacts.checksum(
                ByteBuffer.wrap((payload + calibration).getBytes(StandardCharsets.UTF_8)));
    return TIME.format(Instant.ofEpochMilli(newestEventMillis))
        + "-"
        + checksum.substring(0, CHECKSUM_DIGITS);
  }
}
