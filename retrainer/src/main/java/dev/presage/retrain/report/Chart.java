package dev.presage.retrain.report;

import java.util.List;
import java.util.Locale;

/**
 * A chart, ready to be written as SVG: all places are in units of the chart, which is {@link
 * #WIDTH} by {@link #HEIGHT}, y grows downwards. Numbers are written already, so that the page's
 * locale cannot change them.
 *
 * @param id unique on the page
 * @param title for people who do not see it, too
 * @param description what can be seen, in a sentence with figures
 * @param xLabel what runs from left to right
 * @param yLabel what runs upwards
 * @param xTicks marks from left to right
 * @param yTicks marks upwards
 * @param lines drawn one over the other
 * @param bars drawn below the lines
 * @param dots drawn above the lines
 */
public record Chart(
    String id,
    String title,
    String description,
    String xLabel,
    String yLabel,
    List<Tick> xTicks,
    List<Tick> yTicks,
    List<Line> lines,
    List<Bar> bars,
    List<Dot> dots) {
  static final int WIDTH = 480;
  static final int HEIGHT = 320;
  static final int LEFT = 56;
  static final int RIGHT = 464;
  static final int TOP = 12;
  static final int BOTTOM = 264;

  /** A mark at an axis. */
  public record Tick(String at, String label) {}

  /**
   * A line.
   *
   * @param style one of {@code model}, {@code baseline}, {@code guide}
   * @param name for the legend; empty to be left out there
   * @param path as SVG's {@code d}
   */
  public record Line(String style, String name, String path) {}

  /**
   * A bar.
   *
   * @param style one of {@code model}, {@code other}
   * @param text what it stands for, shown when it is pointed at
   */
  public record Bar(String style, String x, String y, String width, String height, String text) {}

  /** A dot, with the ends of its interval, which are the dot's own y where there is none. */
  public record Dot(String x, String y, String low, String high, String text) {}

  static String number(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
