package dev.presage.features.series;

/**
 * What the state of a series needs to know of its declaration.
 *
 * @param id identifies the series in stored states: hash of event type, condition and property
 * @param numeric whether its events carry a number
 * @param finestLevel level of the blocks that are narrow enough for its shortest window
 * @param retentionMillis how long its events stay in windows
 */
public record SeriesLayout(int id, boolean numeric, int finestLevel, long retentionMillis) {
  public SeriesLayout {
    if (finestLevel < 0 || finestLevel > TileLadder.MAX_LEVEL || retentionMillis <= 0) {
      throw new IllegalArgumentException(
          "finestLevel=" + finestLevel + ", retentionMillis=" + retentionMillis);
    }
  }
}
