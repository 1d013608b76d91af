package dev.presage.retrain.figures;

import static dev.presage.figures.Figure.atLeast;
import static dev.presage.figures.Figure.atMost;
import static dev.presage.figures.Figure.plain;

import dev.presage.figures.Figure;
import dev.presage.figures.FigureRun;
import java.util.List;

/** What is measured of the retrainer; {@code presage bench training} runs it. */
public final class TrainingFigures {
  static final Figure REPLAY =
      atLeast(
          300_000, "events/s", "replayEventsPerSecond", "replay on a core, 50 features, 4 cuts");
  static final Figure FOLD =
      plain("events/s", "foldEventsPerSecond", "the same, of records that were read");
  static final Figure RUN = atMost(180, "s", "runSeconds", "1 million events until the gate");
  static final Figure READING = plain("s", "readingSeconds", "of that, until there are rows");
  static final Figure MEMORY = plain("MB", "memoryMegabytes", "most memory of the process");

  /** All, in the order in which they are reported. */
  static final List<Figure> ALL = List.of(REPLAY, FOLD, RUN, READING, MEMORY);

  private TrainingFigures() {}

  /** Measures; see {@link FigureRun#main}. */
  public static void main(String[] args) {
    FigureRun.main(args, ALL, List.of(new ReplayCosts(), new RunCosts()));
  }
}
