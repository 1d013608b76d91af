package dev.presage.figures;

import java.time.Duration;
import java.util.Map;

/** Measures some of the figures. A {@link FigureRun} has several, and runs one by one. */
public interface FigureSource {
  /** Returns about how long it takes on two cores; progress is shown in proportion. */
  Duration expected(Effort effort);

  /**
   * Measures, and ends whatever it started.
   *
   * @return the figures that could be measured; no other source measures one of them
   * @throws Exception where something cannot be measured that should be; the message says why
   */
  Map<Figure, Measured> measure(Effort effort, Progress progress) throws Exception;

  /** Takes how far it is. */
  @FunctionalInterface
  interface Progress {
    /**
     * Says how far it is.
     *
     * @param share of this source's work, from 0 to 1
     * @param doing what is being measured; the same words as long as it is the same
     */
    void at(double share, String doing);
  }
}
