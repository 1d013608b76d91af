package dev.presage.retrain.files;

import java.util.Locale;
import java.util.Optional;

/** How events are written in a file. */
enum FileFormat {
  PARQUET,
  CSV,
  AVRO;

  /** By the ending of a file name or pattern. */
  static Optional<FileFormat> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".parquet")) {
      return Optional.of(PARQUET);
    }
    if (lower.endsWith(".csv") || lower.endsWith(".csv.gz") || lower.endsWith(".tsv")) {
      return Optional.of(CSV);
    }
    return lower.endsWith(".avro") ? Optional.of(AVRO) : Optional.empty();
  }
}
