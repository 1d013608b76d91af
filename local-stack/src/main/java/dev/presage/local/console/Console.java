package dev.presage.local.console;

import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Help.Ansi;

/** Writes for a person: to a terminal with colours and bars, else plain lines. */
public final class Console {

  private static final int BAR_EVERY_MILLIS = 100;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean plain;

  /**
   * Writes to two streams.
   *
   * @param out takes results
   * @param err takes bars and errors
   * @param plain no colours and no bars
   */
  public Console(PrintStream out, PrintStream err, boolean plain) {
    this.out = out;
    this.err = err;
    this.plain = plain;
  }

  /** Writes to this process's streams; plain where that is wanted or there is no terminal. */
  public static Console ofProcess(boolean headless) {
    return new Console(System.out, System.err, headless || !hasTerminal());
  }

  private static boolean hasTerminal() {
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
  }

  /** Writes a line. Markup such as {@code @|bold text|@} becomes colour or goes. */
  public void line(String markup) {
    out.println(ansi().string(markup));
    out.flush();
  }

  /** Writes a line as it is. */
  public void raw(String line) {
    out.println(line);
    out.flush();
  }

  /** Writes an error. */
  public void error(String message) {
    err.println(ansi().string("@|bold,red error:|@ ") + message);
    err.flush();
  }

  /** Begins a step of something longer. */
  public void step(String title) {
    line("");
    line("@|bold,cyan " + title + "|@");
  }

  /**
   * Shows how far something is.
   *
   * @param task what is being done
   * @param max units when it is done
   */
  public Progress progress(String task, long max) {
    return plain ? new Silent() : new Bar(task, max, err);
  }

  /**
   * Shows how far something is that takes minutes: where there are no bars, each phrase is a line.
   *
   * @param task what is being done
   * @param max units when it is done
   */
  public Progress longProgress(String task, long max) {
    return plain ? new Phrases(this, task) : new Bar(task, max, err);
  }

  private Ansi ansi() {
    return plain ? Ansi.OFF : Ansi.ON;
  }

  private static final class Silent implements Progress {
    @Override
    public void advance(long units) {
      // Plain output shows the end of a step, not its way.
    }

    @Override
    public void at(long units, String phrase) {
      // As above.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static final class Phrases implements Progress {
    private final Console console;
    private final String task;
    private String last = "";

    Phrases(Console console, String task) {
      this.console = console;
      this.task = task;
    }

    @Override
    public void advance(long units) {
      // A line for each unit would be too much.
    }

    @Override
    public void at(long units, String phrase) {
      if (!phrase.equals(last)) {
        console.raw(task + " " + phrase + " …");
        last = phrase;
      }
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(String task, long max, PrintStream err) {
      this.bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(max)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(BAR_EVERY_MILLIS)
              .setConsumer(new ConsoleProgressBarConsumer(err, TerminalWidth.columns() - 1))
              .clearDisplayOnFinish()
              .build();
    }

    @Override
    public void advance(long units) {
      bar.stepBy(units);
    }

    @Override
    public void at(long units, String phrase) {
      bar.stepTo(units);
      bar.setExtraMessage(" " + phrase);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
