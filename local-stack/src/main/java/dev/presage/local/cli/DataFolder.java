package dev.presage.local.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where commands keep their data unless another folder is given. */
enum DataFolder {
  /** Kept between runs. */
  UP,
  /** Emptied by each run. */
  DEMO,
  /** Emptied by each run. */
  SIMULATE,
  /** Emptied by each run. */
  RESULTS;

  private static final String FOLDER = ".presage";

  Path in(Path home) {
    return home.resolve(FOLDER).resolve(name().toLowerCase(Locale.ROOT));
  }

  static Stream<Path> all(Path home) {
    return Stream.of(values()).map(it -> it.in(home));
  }
}
