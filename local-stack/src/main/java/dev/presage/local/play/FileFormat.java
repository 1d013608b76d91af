package dev.presage.local.play;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a file holds its lines. */
public enum FileFormat {
  /** Comma-separated values with a header. */
  CSV,
  /** One JSON object a line. */
  JSONL;

  /** Suffix of a compressed file of any format. */
  static final String GZIP = ".gz";

  /** The format that a file's name tells, {@code .gz} or not. */
  public static Optional<FileFormat> of(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String plain = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "csv" -> Optional.of(CSV);
      case "jsonl", "ndjson", "json" -> Optional.of(JSONL);
      default -> Optional.empty();
    };
  }
}
