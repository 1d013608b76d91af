package dev.presage.scoring.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of the application that are to be closed, in reverse order of their start. Closing
 * never waits for a start that is under way: what is started afterwards is closed at once.
 */
final class Parts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private boolean closing;

  /**
   * Takes charge of a part.
   *
   * @throws IllegalStateException when the application is being closed; the part is closed then
   */
  <T extends AutoCloseable> T add(T part) {
    synchronized (open) {
      if (!closing) {
        open.push(part);
        return part;
      }
    }
    close(part);
    throw new IllegalStateException("The application is being closed while it starts");
  }

  /** Closes a part before the others. */
  void close(AutoCloseable part) {
    synchronized (open) {
      open.remove(part);
    }
    try {
      part.close();
    } catch (Exception e) {
      log.warn("A part did not close cleanly", e);
    }
  }

  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (open) {
        closing = true;
        part = open.peek();
      }
      if (part == null) {
        return;
      }
      close(part);
    }
  }
}
