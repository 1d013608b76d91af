package dev.presage.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A running child of this JVM. */
public final class ChildProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long PROBE_EVERY_MILLIS = 50;
  private static final int LOG_LINES_SHOWN = 15;
  private static final int LOG_BYTES_SHOWN = 1 << 14;

  private final String name;
  private final Process process;
  private final Path log;

  ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  /** The file that its output goes to. */
  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until the probe says that the child is ready.
   *
   * @param ready asked again and again; an exception counts as no
   * @throws ChildProcessException when the child ends or the time is over before that; names the
   *     log and shows its last lines
   */
  public void awaitReady(Duration timeout, Callable<Boolean> ready) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (ready.call()) {
          return;
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (Exception e) {
        last = e;
      }
      if (endsWithin(PROBE_EVERY_MILLIS)) {
        throw new ChildProcessException(
            "The %s ended with exit code %d while it was starting.%s"
                .formatted(name, process.exitValue(), logExcerpt()),
            last);
      }
      if (System.nanoTime() > deadline) {
        throw new ChildProcessException(
            "The %s was not ready after %d seconds.%s"
                .formatted(name, timeout.toSeconds(), logExcerpt()),
            last);
      }
    }
  }

  /**
   * Does nothing while it runs.
   *
   * @throws ChildProcessException when it has ended; shows the last lines of its log
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new ChildProcessException(
          "The %s ended with exit code %d.%s".formatted(name, process.exitValue(), logExcerpt()),
          null);
    }
  }

  /**
   * Takes what it writes to its standard output, until it ends.
   *
   * @param line takes each line
   * @throws ChildProcessException when it ends with an exit code other than 0; shows the last lines
   *     of its log
   */
  public void follow(Consumer<String> line) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(line);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what the " + name + " says", e);
    }
    endsWithin(PATIENCE.toMillis());
    if (process.isAlive() || process.exitValue() != 0) {
      throw new ChildProcessException(
          "The %s %s.%s"
              .formatted(
                  name,
                  process.isAlive()
                      ? "closed its output and did not end"
                      : "ended with exit code " + process.exitValue(),
                  logExcerpt()),
          null);
    }
  }

  /** Asks it to end, and makes it end after 15 seconds. Does nothing when it has ended. */
  @Override
  public void close() {
    process.destroy();
    if (!endsWithin(PATIENCE.toMillis())) {
      kill();
    }
  }

  /** Ends it at once, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    endsWithin(PATIENCE.toMillis());
  }

  private boolean endsWithin(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ChildProcessException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ChildProcessException("Interrupted while waiting for the " + name, e);
  }

  /** Of the end alone, as a log can be long, and whatever bytes it holds. */
  private String logExcerpt() {
    try (SeekableByteChannel file = Files.newByteChannel(log)) {
      file.position(Math.max(0, file.size() - LOG_BYTES_SHOWN));
      byte[] end = Channels.newInputStream(file).readNBytes(LOG_BYTES_SHOWN);
      List<String> lines = Arrays.asList(new String(end, StandardCharsets.UTF_8).split("\\R"));
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
      return " Its log is %s; the last lines are:%n  %s"
          .formatted(log, String.join(System.lineSeparator() + "  ", last));
    } catch (IOException e) {
      // What went wrong with the child matters more.
      return " Its log %s cannot be read: %s".formatted(log, e);
    }
  }
}
