package dev.presage.retrain.runs;

import dev.presage.retrain.rows.RowKind;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.TrainingRows;
import dev.presage.retrain.split.TimeSplit;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.TraitKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Says what is missing to train and judge a model. */
final class DataNeeds {
  /** Of each outcome, in each part of the rows. */
  static final int LEAST_OF_EACH_OUTCOME = 30;

  /** Rows of fewer would say more of these few than of others. */
  static final int LEAST_PROFILES = 30;

  private static final int LEAST_SIGNALS = 1;

  private static final double DAY_MILLIS = 86_400_000;

  private DataNeeds() {}

  /** Says what is missing of the rows of a part, and adds it. */
  @FunctionalInterface
  interface PartCheck {
    void check(String purpose, Rows rows, List<String> missing);
  }

  /** What is missing, a sentence each with its counts; empty where the data suffice. */
  static List<String> missing(Trait trait, TrainingRows history, Parts parts, PartCheck partCheck) {
    List<String> missing = new ArrayList<>();
    double days = (history.newestEventMillis() - history.oldestEventMillis()) / DAY_MILLIS;
    double needed = TimeSplit.daysNeeded(trait.horizonMillis());
    if (days < needed) {
      missing.add(
          String.format(
              Locale.ROOT,
              "the history covers %.1f days, a horizon of %.1f days needs at least %.1f",
              days,
              trait.horizonMillis() / DAY_MILLIS,
              needed));
    }
    if (history.labelledProfiles() < LEAST_PROFILES) {
      missing.add(
          "the rows are of %d eligible profiles, at least %d are needed"
              .formatted(history.labelledProfiles(), LEAST_PROFILES));
    }
    partCheck.check("to fit on", parts.fit(), missing);
    partCheck.check("to choose parameters by", parts.stopping(), missing);
    partCheck.check("to judge by", parts.evaluation(), missing);
    if (!missing.isEmpty()) {
      missing.add(
          "%d events of %d profiles were read".formatted(history.events(), history.profiles()));
    }
    return missing;
  }

  /**
   * What is needed, with what there is of it.
   *
   * @param signals how many features tell rows apart
   * @param forecast when there will be more
   */
  static List<DataNeed> of(
      Trait trait, TrainingRows history, Parts parts, int signals, DataForecast forecast) {
    List<DataNeed> needs = new ArrayList<>();
    // From the first row on: an event that is dated far before all others makes no history.
    double days = Math.max(0, forecast.end() - forecast.start()) / DAY_MILLIS;
    double daysNeeded = TimeSplit.daysNeeded(trait.horizonMillis());
    needs.add(
        new DataNeed(
            "days of history",
            days,
            daysNeeded,
            days >= daysNeeded || history.events() == 0
                ? null
                : Instant.ofEpochMilli(
                    forecast.start() + (long) Math.ceil(daysNeeded * DAY_MILLIS))));
    double profiles = (double) history.labelledProfiles();
    needs.add(
        new DataNeed(
            "eligible profiles",
            profiles,
            LEAST_PROFILES,
            forecast.when(
                profiles,
                LEAST_PROFILES,
                forecast.labelledRate(profiles),
                split -> split.evaluationUntil() - forecast.start())));
    boolean isValue = trait.kind() == TraitKind.VALUE;
    Rows all = history.rows();
    Rows moments = all.where(row -> all.kind(row) == RowKind.MOMENT);
    addOutcomes(
        "to fit on",
        parts.fit(),
        all,
        it -> it.fitUntil() - forecast.start(),
        isValue,
        forecast,
        needs);
    addOutcomes(
        "to choose parameters by",
        parts.stopping(),
        moments,
        it -> it.trainUntil() - it.stoppingFrom(),
        isValue,
        forecast,
        needs);
    addOutcomes(
        "to judge by",
        parts.evaluation(),
        moments,
        it -> it.evaluationUntil() - it.evaluationFrom(),
        isValue,
        forecast,
        needs);
    needs.add(new DataNeed("features with a signal", signals, LEAST_SIGNALS, null));
    return needs;
  }

  private static void addOutcomes(
      String purpose,
      Rows part,
      Rows all,
      ToLongFunction<TimeSplit> length,
      boolean isValue,
      DataForecast forecast,
      List<DataNeed> needs) {
    needs.add(
        need(
            (isValue ? "rows above 0 " : "positives ") + purpose,
            part.positives(),
            all.positives(),
            length,
            forecast));
    if (!isValue) {
      needs.add(need("negatives " + purpose, part.negatives(), all.negatives(), length, forecast));
    }
  }

  private static DataNeed need(
      String what, int found, int all, ToLongFunction<TimeSplit> length, DataForecast forecast) {
    return new DataNeed(
        what,
        found,
        LEAST_OF_EACH_OUTCOME,
        forecast.when(found, LEAST_OF_EACH_OUTCOME, forecast.labelledRate(all), length));
  }

  /** Of likelihoods: rows of either outcome. */
  static void outcomes(String purpose, Rows rows, List<String> missing) {
    if (Math.min(rows.positives(), rows.negatives()) < LEAST_OF_EACH_OUTCOME) {
      missing.add(
          "the rows %s have %d positives and %d negatives, at least %d of each are needed"
              .formatted(purpose, rows.positives(), rows.negatives(), LEAST_OF_EACH_OUTCOME));
    }
  }

  /** Of values: rows above 0, which all of them may be. */
  static void amounts(String purpose, Rows rows, List<String> missing) {
    if (rows.positives() < LEAST_OF_EACH_OUTCOME) {
      missing.add(
          "of the rows %s %d are above 0, at least %d are needed"
              .formatted(purpose, rows.positives(), LEAST_OF_EACH_OUTCOME));
    }
  }

  /** Of attributes: profiles of either, as all rows of one say the same. */
  static void declarations(String purpose, Rows rows, List<String> missing) {
    long with = profiles(rows, true);
    long without = profiles(rows, false);
    if (Math.min(with, without) < LEAST_OF_EACH_OUTCOME) {
      missing.add(
          "of the profiles %s %d have it and %d have not, at least %d of each are needed"
              .formatted(purpose, with, without, LEAST_OF_EACH_OUTCOME));
    }
  }

  private static long profiles(Rows rows, boolean positive) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.positive(row) == positive)
        .mapToLong(rows::profile)
        .distinct()
        .count();
  }

  /**
   * What is needed of an attribute. When there will be more is not told: it depends on how many
   * profiles declare it, and not on time.
   */
  static List<DataNeed> ofAttribute(TrainingRows history, Parts parts, int signals) {
    List<DataNeed> needs = new ArrayList<>();
    needs.add(
        new DataNeed(
            "eligible profiles", (double) history.labelledProfiles(), LEAST_PROFILES, null));
    addDeclarations("to fit on", parts.fit(), needs);
    addDeclarations("to choose parameters by", parts.stopping(), needs);
    addDeclarations("to judge by", parts.evaluation(), needs);
    needs.add(new DataNeed("features with a signal", signals, LEAST_SIGNALS, null));
    return needs;
  }

  private static void addDeclarations(String purpose, Rows rows, List<DataNeed> needs) {
    needs.add(
        new DataNeed(
            "profiles with it " + purpose,
            (double) profiles(rows, true),
            LEAST_OF_EACH_OUTCOME,
            null));
    needs.add(
        new DataNeed(
            "profiles without it " + purpose,
            (double) profiles(rows, false),
            LEAST_OF_EACH_OUTCOME,
            null));
  }
}
