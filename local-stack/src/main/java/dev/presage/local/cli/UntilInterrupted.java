package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.process.Resources;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Ends what was started in order when the process is to end, by Ctrl-C for one. */
final class UntilInterrupted implements AutoCloseable {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  private final Console console;
  private final Resources resources = new Resources();
  private final Thread hook = new Thread(this::end, "end-everything");
  private volatile boolean ending;

  UntilInterrupted(Console console) {
    this.console = console;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Takes what is to be ended. */
  Resources resources() {
    return resources;
  }

  /** Stays until the process is to end; the check throws when there is no sense in staying. */
  void stay(Runnable check) {
    while (!ending) {
      check.run();
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    awaitHalt();
  }

  /** Ends everything now, unless the process is ending and does so already. */
  @Override
  public void close() {
    if (ending) {
      awaitHalt();
    }
    resources.close();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void end() {
    ending = true;
    console.line("");
    console.line("Ending what was started …");
    resources.close();
    console.line("Ended.");
  }

  /** What fails while everything is being ended is of no interest any more. */
  private static void awaitHalt() {
    while (true) {
      LockSupport.park();
    }
  }
}
