package dev.presage.local.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class and ends the JVM when the parent process is gone.
 *
 * <p>The parent holds the other end of this process's standard input and writes nothing to it. When
 * the parent ends, however it ends ({@code kill -9} included), the operating system closes that end
 * and reading meets the end of the stream.
 */
public final class GuardedMain {

  /** As after SIGTERM: 128 + 15. */
  static final int EXIT_CODE = 143;

  private static final long HALT_AFTER_MILLIS = 15_000;

  private GuardedMain() {}

  /**
   * Runs {@code args[0]} with the other arguments.
   *
   * @throws Throwable what the main class throws
   */
  public static void main(String[] args) throws Throwable {
    Thread.ofPlatform().name("parent-guard").daemon().start(GuardedMain::exitWithParent);
    try {
      Class.forName(args[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void exitWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("Cannot read from the parent process, so it counts as gone: " + e);
    }
    Thread.ofPlatform().name("parent-guard-halt").daemon().start(GuardedMain::haltLater);
    System.exit(EXIT_CODE);
  }

  /** A shutdown hook that hangs must not keep an orphan alive. */
  private static void haltLater() {
    try {
      Thread.sleep(HALT_AFTER_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
