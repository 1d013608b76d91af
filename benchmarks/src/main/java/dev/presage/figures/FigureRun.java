package dev.presage.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures figures and writes them to a file; {@code presage bench} does it in a JVM of its own.
 *
 * <p>Standard output is for a program: a line of JSON for each step, with {@code share}, how much
 * of the whole is done, and {@code doing}, what is being measured. Standard error is for people.
 */
public final class FigureRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Figure> figures;
  private final List<FigureSource> sources;
  private final Effort effort;
  private final PrintStream out;

  FigureRun(List<Figure> figures, List<FigureSource> sources, Effort effort, PrintStream out) {
    this.figures = List.copyOf(figures);
    this.sources = List.copyOf(sources);
    this.effort = effort;
    this.out = out;
  }

  /**
   * Measures, and ends the JVM.
   *
   * @param args the file that takes the figures, and the {@link Effort} in lower case
   * @param figures in the order in which they are reported
   */
  public static void main(String[] args, List<Figure> figures, List<FigureSource> sources) {
    PrintStream out = System.out;
    System.setOut(System.err);
    Runtime.getRuntime().addShutdownHook(new Thread(FigureRun::endChildren, "end-children"));
    Effort effort = Effort.valueOf(args[1].toUpperCase(Locale.ROOT));
    int code = 0;
    try {
      new FigureRun(figures, sources, effort, out).measure(Path.of(args[0]));
    } catch (Exception e) {
      e.printStackTrace();
      code = 1;
    }
    // Whatever a library left running must not keep the process alive.
    System.exit(code);
  }

  /** Measures with one source after the other and writes the file. */
  void measure(Path file) throws Exception {
    FigureReport report = new FigureReport(figures, Machine.here(), effort, Instant.now());
    double whole = sources.stream().mapToDouble(source -> source.expected(effort).toMillis()).sum();
    double done = 0;
    for (FigureSource source : sources) {
      double before = done;
      double part = source.expected(effort).toMillis();
      report.add(
          source.measure(effort, (share, doing) -> say((before + share * part) / whole, doing)));
      done += part;
    }
    report.write(file, Instant.now());
  }

  private void say(double share, String doing) {
    try {
      out.println(JSON.writeValueAsString(Map.of("share", share, "doing", doing)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a number and a string are always JSON", e);
    }
  }

  /** JVMs that measure end with this one, not an iteration later. */
  private static void endChildren() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
