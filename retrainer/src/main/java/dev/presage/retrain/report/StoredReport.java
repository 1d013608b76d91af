package dev.presage.retrain.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A report as it is kept: JSON, compressed by gzip. */
public final class StoredReport {
  /** Much more than any report takes; a longer one was not written by a retrainer. */
  private static final int MOST_BYTES = 32 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private StoredReport() {}

  /** Writes a report. */
  public static byte[] write(RunReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(JSON.writeValueAsBytes(report));
    } catch (IOException e) {
      throw new UncheckedIOException("A report cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a report.
   *
   * @throws IllegalArgumentException when these bytes are none
   */
  public static RunReport read(byte[] bytes) {
    try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] json = unzipped.readNBytes(MOST_BYTES + 1);
      if (json.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "A kept report is longer than %d bytes".formatted(MOST_BYTES));
      }
      RunReport report = JSON.readValue(json, RunReport.class);
      if (report == null) {
        throw new IllegalArgumentException("A kept report is null");
      }
      return report;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "A kept report is not one that this version can read: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("A kept report is damaged: " + e.getMessage(), e);
    }
  }
}
