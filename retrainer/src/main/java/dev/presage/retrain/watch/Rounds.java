package dev.presage.retrain.watch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after one trait after the other, again and again, on a thread of its own. */
public final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Duration between;
  private final Thread thread;

  /**
   * Starts.
   *
   * @param between the end of a round and the beginning of the next one
   * @param traits those to look after; none while another retrainer does
   * @param visit what is done for each; where it throws, the others have their turn all the same
   */
  public Rounds(Duration between, Supplier<List<String>> traits, Consumer<String> visit) {
    this.between = between;
    this.thread = Thread.ofPlatform().name("rounds").daemon().start(() -> run(traits, visit));
  }

  private void run(Supplier<List<String>> traits, Consumer<String> visit) {
    try {
      do {
        round(traits, visit);
      } while (!closing.await(between.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(Supplier<List<String>> traits, Consumer<String> visit) {
    for (String trait : traits.get()) {
      if (closing.getCount() == 0) {
        return;
      }
      visit(trait, visit);
    }
  }

  private static void visit(String trait, Consumer<String> visit) {
    try {
      visit.accept(trait);
    } catch (RuntimeException | Error e) {
      // Errors as well, out of memory above all: the other traits have their turn all the same.
      log.error("Trait {} could not be looked after", trait, e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      if (!thread.join(LONGEST_CLOSE)) {
        log.warn("A round over the traits does not end, it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
