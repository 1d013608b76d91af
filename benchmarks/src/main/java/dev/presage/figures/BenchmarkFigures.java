package dev.presage.figures;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** What JMH measured of one benchmark. */
public final class BenchmarkFigures {
  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

  private final RunResult result;

  BenchmarkFigures(RunResult result) {
    this.result = result;
  }

  /**
   * Time of a call: the median, as whatever else the machine does shows in a few iterations, as a
   * multiple.
   */
  public Measured time(TimeUnit unit) {
    double factor = (double) result.getParams().getTimeUnit().toNanos(1) / (double) unit.toNanos(1);
    Statistics times = result.getPrimaryResult().getStatistics();
    double median = times.getPercentile(50) * factor;
    return new Measured(
        median,
        String.format(
            Locale.ROOT,
            median < 100 ? "median of %s, %,.2f to %,.2f" : "median of %s, %,.0f to %,.0f",
            iterations(),
            times.getMin() * factor,
            times.getMax() * factor));
  }

  /**
   * Garbage of a call, to a tenth of a byte: JMH itself allocates a few thousand bytes a second.
   */
  public Measured allocatedBytes() {
    double bytes =
        Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED_BYTES)).getScore();
    return new Measured(
        Math.round(bytes * 10) / 10.0,
        String.format(Locale.ROOT, "mean of %s, unrounded %.4f", iterations(), bytes));
  }

  private String iterations() {
    return "%d iterations in %d JVMs"
        .formatted(result.getPrimaryResult().getSampleCount(), result.getParams().getForks());
  }
}
