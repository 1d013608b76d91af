package dev.presage.features.explanation;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * A series that is tracked for too short a time for a feature: the profile was there before.
 *
 * @param series its name
 * @param sinceMillis since when it is tracked, in milliseconds since 1970
 * @param completeFromMillis from when on the feature has all that its window needs; empty where it
 *     is of all time, so that what was before will always be missing
 */
public record Collecting(String series, long sinceMillis, OptionalLong completeFromMillis) {
  /** Says it for people. */
  public String text() {
    String since =
        "series '" + series + "' is tracked since " + Instant.ofEpochMilli(sinceMillis) + ", ";
    return completeFromMillis.isPresent()
        ? since + "complete from " + Instant.ofEpochMilli(completeFromMillis.getAsLong())
        : since + "and counts from then on";
  }
}
