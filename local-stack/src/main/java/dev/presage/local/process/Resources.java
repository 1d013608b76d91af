package dev.presage.local.process;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was opened and is closed together, the last one first. A failure to close one does not keep
 * the others open.
 */
public final class Resources implements AutoCloseable {

  /** Something that is closed without a checked exception. */
  @FunctionalInterface
  public interface Resource {
    void close();
  }

  private final Deque<Resource> open = new ArrayDeque<>();

  /** Takes one more, to be closed before those that are there. */
  public synchronized void add(Resource resource) {
    open.push(resource);
  }

  /** Closes all; does nothing the second time. Throws the first failure after the last close. */
  @Override
  public synchronized void close() {
    @Nullable RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
