package dev.presage.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data folder of a stack, held by one stack at a time. */
final class StackDirectory implements AutoCloseable {

  private static final String LOCK = "lock";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private StackDirectory(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Takes the folder for this JVM.
   *
   * @param given the folder, made where it is missing; null for a temporary one
   * @throws StackException when another stack uses it
   */
  static StackDirectory open(@Nullable Path given) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("presage-stack-")
              : Files.createDirectories(given.toAbsolutePath());
      return new StackDirectory(path, given == null, lock(path));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot use the data folder " + given + ": " + e.getMessage(), e);
    }
  }

  /** Whether a running stack holds the folder. */
  static boolean isInUse(Path path) {
    if (!Files.exists(path.resolve(LOCK))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.WRITE)) {
      return !tryLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look whether " + path + " is in use", e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new StackException(
          "The data folder %s is in use by another running stack; stop that one or give another folder"
              .formatted(path));
    }
    return channel;
  }

  /** Tries to lock; the lock goes when the channel is closed or this JVM ends. */
  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  Path log(String name) {
    return path.resolve("logs").resolve(name + ".log");
  }

  /** Frees the folder, and removes it where it is temporary. */
  @Override
  public void close() {
    try {
      lock.close();
      if (temporary) {
        remove();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the data folder " + path, e);
    }
  }

  private void remove() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(path)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
