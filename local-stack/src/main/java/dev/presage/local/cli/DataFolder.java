package dev.presage.local.cli;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Where commands keep their data unless another folder is given. */
enum DataFolder {
  /** Kept between runs. */
  UP,
  /** Emptied by each run. */
  DEMO;

  private static final String FOLDER = ".presage";

  Path in(Path home) {
    return home.resolve(FOLDER).resolve(this == UP ? "up" : "demo");
  }

  static Stream<Path> all(Path home) {
    return Stream.of(values()).map(it -> it.in(home));
  }
}
