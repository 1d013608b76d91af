package dev.presage.local.demo;

import dev.presage.local.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A data folder that is empty at each start, and never somebody else's. */
public final class DemoDirectory {

  private static final String MARKER = ".presage-demo";

  private DemoDirectory() {}

  /**
   * Makes the folder, or empties it where an earlier run made it.
   *
   * @throws DemoException when a running one uses it, or it is not empty and none made it
   */
  public static void prepare(Path folder) {
    try {
      Files.createDirectories(folder);
      if (LocalStack.isInUse(folder)) {
        throw new DemoException(
            "The folder %s is in use by a run that has not ended; end that one, or give another folder with --data-dir"
                .formatted(folder));
      }
      if (Files.exists(folder.resolve(MARKER))) {
        empty(folder);
      } else if (!isEmpty(folder)) {
        throw new DemoException(
            "The folder %s is not empty and no earlier run made it, so it is left alone; give another one with --data-dir"
                .formatted(folder));
      }
      Files.writeString(folder.resolve(MARKER), "Made by presage, which empties it.\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot prepare the folder " + folder, e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void empty(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst =
          files.filter(it -> !it.equals(folder)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}
