package dev.presage.retrain.evaluation;

import java.util.Locale;

/** What a threshold is for: which rows are selected, those that have it or a higher score. */
public sealed interface ThresholdGoal {
  /** In a few words, for people. */
  String words();

  /** The best balance of precision and recall by their harmonic mean, F1. */
  record MostF1() implements ThresholdGoal {
    @Override
    public String words() {
      return "the highest F1";
    }
  }

  /**
   * As many positives as possible while so many of the selected are.
   *
   * @param precision least share of positives among the selected, in (0, 1]
   */
  record PrecisionAtLeast(double precision) implements ThresholdGoal {
    public PrecisionAtLeast {
      requireShare("precision", precision);
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "precision of at least %.4g%%", precision * 100);
    }
  }

  /**
   * As few others as possible while so many of the positives are selected.
   *
   * @param recall least share of the positives that are selected, in (0, 1]
   */
  record RecallAtLeast(double recall) implements ThresholdGoal {
    public RecallAtLeast {
      requireShare("recall", recall);
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "recall of at least %.4g%%", recall * 100);
    }
  }

  /**
   * So many of all rows, those with the highest scores; less where equal scores would make it more.
   *
   * @param share most of all rows that are selected, in (0, 1]
   */
  record TopShare(double share) implements ThresholdGoal {
    public TopShare {
      requireShare("share", share);
    }

    @Override
    public String words() {
      return String.format(Locale.ROOT, "the top %.4g%%", share * 100);
    }
  }

  private static void requireShare(String what, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "The %s of a threshold is above 0 and at most 1, here %s".formatted(what, value));
    }
  }
}
