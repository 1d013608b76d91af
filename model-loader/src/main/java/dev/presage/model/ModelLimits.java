package dev.presage.model;

/**
 * What an artefact may be at most. Memory while loading stays below about ten times the payload's
 * limit plus 300 bytes per document value, whatever the payload says of itself.
 *
 * @param payloadBytes bytes of the payload, 64 MiB by default
 * @param features features of the feature schema, 10,000 by default
 * @param goldenRows golden rows, 10,000 by default
 * @param trees trees of an ensemble, 10,000 by default
 * @param nodes nodes of all its trees together, 4,000,000 by default
 * @param treeDepth splits from a root to a leaf, 512 by default
 * @param documentValues objects, arrays, strings and single numbers of the payload, 1,000,000 by
 *     default; numbers in arrays do not count
 */
public record ModelLimits(
    int payloadBytes,
    int features,
    int goldenRows,
    int trees,
    int nodes,
    int treeDepth,
    int documentValues) {

  public static final ModelLimits DEFAULTS =
      new ModelLimits(64 << 20, 10_000, 10_000, 10_000, 4_000_000, 512, 1_000_000);

  public ModelLimits {
    requirePositive("payloadBytes", payloadBytes);
    requirePositive("features", features);
    requirePositive("goldenRows", goldenRows);
    requirePositive("trees", trees);
    requirePositive("nodes", nodes);
    requirePositive("treeDepth", treeDepth);
    requirePositive("documentValues", documentValues);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }
}
