package dev.presage.scoring.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is expected of the IDs that come from outside. */
final class ExternalIds {
  /** Longest ID or type in UTF-8 bytes. */
  static final int LONGEST_BYTES = 1024;

  /** What clients send who have no ID; a link with one of these would make one of many people. */
  private static final Set<String> NOBODY =
      Set.of(
          "0",
          "-1",
          "anonymous",
          "false",
          "guest",
          "nan",
          "nil",
          "none",
          "null",
          "[object object]",
          "true",
          "undefined",
          "unknown",
          "00000000-0000-0000-0000-000000000000");

  private ExternalIds() {}

  static boolean isPresent(@Nullable String id) {
    return id != null && !id.isBlank();
  }

  static boolean isTooLong(@Nullable String id) {
    return id != null
        && id.length() > LONGEST_BYTES / 4
        && id.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES;
  }

  /** Whether it stands for nobody, so that nothing may be linked by it. */
  static boolean isNobody(String id) {
    return id.length() <= 36 && NOBODY.contains(id.strip().toLowerCase(Locale.ROOT));
  }
}
