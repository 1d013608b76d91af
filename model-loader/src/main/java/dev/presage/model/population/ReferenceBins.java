package dev.presage.model.population;

import dev.presage.model.ModelRefusedException;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.BinShares;
import java.util.Arrays;
import java.util.List;

/**
 * How one number was distributed in training: the share of rows in each bin, the last of which is
 * that of the missing. Immutable.
 */
public final class ReferenceBins {
  private static final int MOST_EDGES = 99;
  private static final double SUM_TOLERANCE = 1e-6;

  private final double[] edges;

  /** By bin, the missing last. */
  private final double[] shares;

  private final long rows;

  private ReferenceBins(double[] edges, double[] shares, long rows) {
    this.edges = edges;
    this.shares = shares;
    this.rows = rows;
  }

  /**
   * The bins of an artefact.
   *
   * @param what they are of, for the reason of a refusal
   * @param rows how many rows the shares are of
   * @throws ModelRefusedException when they cannot be
   */
  static ReferenceBins of(String what, BinShares bins, long rows) throws ModelRefusedException {
    List<Double> edges = bins.getEdges();
    if (edges.size() > MOST_EDGES) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "the training population of %s has %d edges, the limit is %d; use fewer bins"
              .formatted(what, edges.size(), MOST_EDGES));
    }
    if (rows < 1) {
      throw refused(what, "is of %d rows; leave it out where there are none".formatted(rows));
    }
    if (bins.getShares().size() != edges.size() + 1) {
      throw refused(
          what,
          "has %d edges and %d shares; give one share more than edges"
              .formatted(edges.size(), bins.getShares().size()));
    }
    checkEdges(what, edges);
    double[] shares = new double[edges.size() + 2];
    double sum = 0;
    for (int bin = 0; bin < shares.length; bin++) {
      shares[bin] = bin < shares.length - 1 ? bins.getShares().get(bin) : bins.getMissing();
      if (!(shares[bin] >= 0 && shares[bin] <= 1)) {
        throw refused(what, "has the share %s; give shares from 0 to 1".formatted(shares[bin]));
      }
      sum += shares[bin];
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
      throw refused(
          what, "has shares that sum to %s, the missing included; they must to 1".formatted(sum));
    }
    return new ReferenceBins(
        edges.stream().mapToDouble(ReferenceBins::positiveZero).toArray(), shares, rows);
  }

  private static void checkEdges(String what, List<Double> edges) throws ModelRefusedException {
    double last = Double.NEGATIVE_INFINITY;
    for (double edge : edges) {
      if (!(edge > last) || Double.isInfinite(edge)) {
        throw refused(
            what,
            "has the edge %s after %s; edges are finite, each greater than the one before"
                .formatted(edge, last));
      }
      last = edge;
    }
  }

  private static ModelRefusedException refused(String what, String problem) {
    return new ModelRefusedException(
        RefusalCode.UNREADABLE, "the training population of %s %s".formatted(what, problem));
  }

  /** How many bins there are, that of the missing included. */
  public int count() {
    return shares.length;
  }

  /**
   * The bin of a number, from 0; that of NaN is the last one. A number that equals an edge is in
   * the bin below it. Allocates nothing.
   */
  public int bin(double value) {
    if (Double.isNaN(value)) {
      return shares.length - 1;
    }
    int found = Arrays.binarySearch(edges, positiveZero(value));
    return found >= 0 ? found : ~found;
  }

  /** The search takes -0.0 for less than 0.0. */
  private static double positiveZero(double value) {
    return value + 0.0;
  }

  /** The share of the training rows in a bin, 0 to 1. */
  public double share(int bin) {
    return shares[bin];
  }

  /**
   * The population stability index of what was served since, in nats: the sum over the bins of
   * {@code (a − e) · ln(a / e)}, where {@code e} is the bin's share in training and {@code a} the
   * one since. An empty bin counts as half a row, as the index would be infinite otherwise.
   *
   * <p>Sources: Naeem Siddiqi, "Credit Risk Scorecards" (2006), for the index and what is said of
   * its size; Bilal Yurdakul and Joshua Naranjo, "Statistical properties of the population
   * stability index", Journal of Risk Model Validation 14 (2020), for what it comes to by chance:
   * about {@code (bins − 1) · (1 / n + 1 / m)} of samples of n and m rows.
   *
   * @param counts how many rows are in each bin, {@code long[count()]}
   * @return at least 0; NaN where there are no rows
   * @throws IllegalArgumentException when the length is another
   */
  public double stabilityIndex(long[] counts) {
    if (counts.length != shares.length) {
      throw new IllegalArgumentException(
          "%d counts, but %d bins".formatted(counts.length, shares.length));
    }
    long all = Arrays.stream(counts).sum();
    if (all == 0) {
      return Double.NaN;
    }
    double index = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0 || shares[bin] > 0) {
        double actual = Math.max((double) counts[bin], 0.5) / all;
        double expected = Math.max(shares[bin], 0.5 / rows);
        index += (actual - expected) * Math.log(actual / expected);
      }
    }
    return index;
  }
}
