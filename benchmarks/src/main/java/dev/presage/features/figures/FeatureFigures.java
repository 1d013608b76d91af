package dev.presage.features.figures;

import static dev.presage.figures.Figure.atLeast;
import static dev.presage.figures.Figure.atMost;

import dev.presage.figures.Figure;
import dev.presage.figures.FigureRun;
import java.util.List;

/** What is measured of the feature store; {@code presage bench features} runs it. */
public final class FeatureFigures {
  static final Figure APPLY_AND_VECTOR =
      atMost(1_500, "ns", "applyAndVectorNanos", "apply and vector, decoded, 200 events");
  static final Figure ROUND_TRIP =
      atMost(6_000, "ns", "roundTripNanos", "decode, apply, vector, encode, 200 events");
  static final Figure WINDOW_COST_RATIO =
      atMost(1.5, "times", "windowCostRatio", "10,000 events in the window against 10");
  static final Figure ENCODED_SMALL =
      atMost(160, "bytes", "encodedBytesSmall", "encoded profile, 20 events");
  static final Figure ENCODED =
      atMost(1_000, "bytes", "encodedBytes", "encoded profile, 200 events");
  static final Figure ENCODED_HUGE =
      atMost(16_000, "bytes", "encodedBytesHuge", "encoded profile, 1 million events");
  static final Figure ALLOCATED =
      atMost(0, "bytes", "allocatedBytesPerEvent", "garbage per event, decoded");
  static final Figure CHANGELOG =
      atMost(200, "bytes", "changelogBytesPerEvent", "changelog per event");
  static final Figure STORE_SPEEDUP =
      atLeast(1.5, "times", "storeSpeedup", "events/s against whole profiles put");

  /** All, in the order in which they are reported. */
  static final List<Figure> ALL =
      List.of(
          APPLY_AND_VECTOR,
          ROUND_TRIP,
          WINDOW_COST_RATIO,
          ENCODED_SMALL,
          ENCODED,
          ENCODED_HUGE,
          ALLOCATED,
          CHANGELOG,
          STORE_SPEEDUP);

  private FeatureFigures() {}

  /** Measures; see {@link FigureRun#main}. */
  public static void main(String[] args) {
    FigureRun.main(args, ALL, List.of(new EncodedSizes(), new EventCosts(), new StoreFigures()));
  }
}
