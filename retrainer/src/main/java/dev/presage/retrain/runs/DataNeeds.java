package dev.presage.retrain.runs;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what is missing to train and judge a model. */
final class DataNeeds {
  /** Of each outcome, in each part of the rows. */
  static final int LEAST_OF_EACH_OUTCOME = 30;

  private static final double DAY_MILLIS = 86_400_000;

  private DataNeeds() {}

  /** What is missing, a sentence each with its counts; empty where the data suffice. */
  static List<String> missing(TrainingRows history, long horizonMillis, Parts parts) {
    List<String> missing = new ArrayList<>();
    double days = (history.newestEventMillis() - history.oldestEventMillis()) / DAY_MILLIS;
    double needed = TimeSplit.daysNeeded(horizonMillis);
    if (days < needed) {
      missing.add(
          String.format(
              Locale.ROOT,
              "the history covers %.1f days, a horizon of %.1f days needs at least %.1f",
              days,
              horizonMillis / DAY_MILLIS,
              needed));
    }
    check("to fit on", parts.fit(), missing);
    check("to choose parameters by", parts.stopping(), missing);
    check("to judge by", parts.evaluation(), missing);
    if (!missing.isEmpty()) {
      missing.add(
          "%d events of %d profiles were read".formatted(history.events(), history.profiles()));
    }
    return missing;
  }

  private static void check(String purpose, Rows rows, List<String> missing) {
    if (Math.min(rows.positives(), rows.negatives()) < LEAST_OF_EACH_OUTCOME) {
      missing.add(
          "the rows %s have %d positives and %d negatives, at least %d of each are needed"
              .formatted(purpose, rows.positives(), rows.negatives(), LEAST_OF_EACH_OUTCOME));
    }
  }
}
