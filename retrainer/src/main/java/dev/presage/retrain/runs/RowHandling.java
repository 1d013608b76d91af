package dev.presage.retrain.runs;

/**
 * What a run does with its rows beside training on them.
 *
 * @param parity whether it holds them against what was served
 * @param store where it keeps them
 */
public record RowHandling(ParityCheck parity, RowStore store) {
  /** Nothing. */
  public static final RowHandling NONE = new RowHandling(ParityCheck.OFF, RowStore.NONE);
}
