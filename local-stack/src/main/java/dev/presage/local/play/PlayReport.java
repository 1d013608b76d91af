package dev.presage.local.play;

import java.util.List;

/**
 * What became of a file's lines.
 *
 * @param sent how many were sent as events
 * @param outside how many occurred outside the times that were asked for
 * @param bad how many could not become events
 * @param firstBad the first ten of those, {@code line 7: why}
 */
public record PlayReport(long sent, long outside, long bad, List<String> firstBad) {

  public PlayReport {
    firstBad = List.copyOf(firstBad);
  }
}
