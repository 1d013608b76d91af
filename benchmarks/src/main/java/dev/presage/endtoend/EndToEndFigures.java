package dev.presage.endtoend;

import dev.presage.figures.Figure;
import dev.presage.figures.FigureRun;
import dev.presage.scoring.runtime.ScoringSettings.Guarantee;
import java.util.ArrayList;
import java.util.List;

/** What is measured from end to end; {@code presage bench e2e} runs it. */
public final class EndToEndFigures {
  private static final double RATIO_TO_STATEFUL = 0.75;
  private static final double RATIO_TO_NAIVE = 30;
  private static final double P99_MILLIS = 50;

  /** Two steps, each of which waits for a commit. */
  private static final double P99_MILLIS_EXACTLY_ONCE = 2 * 100 + P99_MILLIS;

  private EndToEndFigures() {}

  static Figure eventsPerSecond(Line line, Guarantee guarantee) {
    return Figure.plain(
        "events/s", key(line, guarantee, "eventsPerSecond"), meaning(line, guarantee, "events"));
  }

  static Figure cpuSeconds(Line line, Guarantee guarantee) {
    return Figure.plain(
        "s",
        key(line, guarantee, "cpuSecondsPerMillion"),
        meaning(line, guarantee, "CPU a million"));
  }

  static Figure changelogBytes(Line line, Guarantee guarantee) {
    return Figure.plain(
        "bytes",
        key(line, guarantee, "changelogBytesPerEvent"),
        meaning(line, guarantee, "changelog an event"));
  }

  static Figure ratioToStateful(Guarantee guarantee) {
    return Figure.atLeast(
        RATIO_TO_STATEFUL,
        "times",
        "ratioToStateful." + guarantee.configured(),
        "presage to stateful, " + words(guarantee));
  }

  static Figure ratioToNaive(Guarantee guarantee) {
    return Figure.atLeast(
        RATIO_TO_NAIVE,
        "times",
        "ratioToNaive." + guarantee.configured(),
        "presage to naive, " + words(guarantee));
  }

  static Figure p50(Guarantee guarantee) {
    return Figure.plain(
        "ms", "p50Millis." + guarantee.configured(), "p50 at half load, " + words(guarantee));
  }

  static Figure p99(Guarantee guarantee) {
    return Figure.atMost(
        guarantee == Guarantee.AT_LEAST_ONCE ? P99_MILLIS : P99_MILLIS_EXACTLY_ONCE,
        "ms",
        "p99Millis." + guarantee.configured(),
        "p99 at half load, " + words(guarantee));
  }

  static Figure p999(Guarantee guarantee) {
    return Figure.plain(
        "ms", "p999Millis." + guarantee.configured(), "p99.9 at half load, " + words(guarantee));
  }

  /** All, in the order in which they are reported. */
  static List<Figure> all() {
    List<Figure> all = new ArrayList<>();
    for (Guarantee guarantee : Guarantee.values()) {
      for (Line line : Line.values()) {
        all.add(eventsPerSecond(line, guarantee));
        all.add(cpuSeconds(line, guarantee));
        all.add(changelogBytes(line, guarantee));
      }
      all.add(ratioToStateful(guarantee));
      all.add(ratioToNaive(guarantee));
      all.add(p50(guarantee));
      all.add(p99(guarantee));
      all.add(p999(guarantee));
    }
    return List.copyOf(all);
  }

  private static String key(Line line, Guarantee guarantee, String what) {
    return line.label() + "." + guarantee.configured() + "." + what;
  }

  private static String meaning(Line line, Guarantee guarantee, String what) {
    return line.label() + ", " + words(guarantee) + ": " + what;
  }

  private static String words(Guarantee guarantee) {
    return guarantee == Guarantee.AT_LEAST_ONCE ? "at least" : "exactly";
  }

  /**
   * Measures; see {@link FigureRun#main}.
   *
   * @param args those of {@link FigureRun#main}, then how many events and customers there are
   */
  public static void main(String[] args) {
    long events = Long.parseLong(args[2]);
    int customers = Integer.parseInt(args[3]);
    FigureRun.main(args, all(), List.of(new EndToEndCosts(events, customers)));
  }
}
