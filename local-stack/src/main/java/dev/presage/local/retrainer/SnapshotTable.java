package dev.presage.local.retrainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What consumers held once a week beside simpler ways to rank, as lines of text. */
public final class SnapshotTable {

  private SnapshotTable() {}

  /** The figures and what they are of. */
  public static List<String> lines(SnapshotQuality quality) {
    List<String> lines = new ArrayList<>();
    lines.add("Once a week, of all customers, silent ones included: who orders within 30 days?");
    lines.add("");
    lines.add("%-44s %8s".formatted("ranked by", "ROC AUC"));
    lines.add(figure("the likelihood that a consumer holds", quality.auc()));
    lines.add(figure("the same without updates of silence", quality.withoutSilenceAuc()));
    lines.add(figure("the best feature, " + quality.bestFeature(), quality.bestFeatureAuc()));
    lines.add(figure("time since the last order", quality.recencyAuc()));
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows of %d weeks, %,d of them positive",
            quality.rows(),
            quality.snapshots(),
            quality.positives()));
    if (quality.withoutValue() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d more rows are left out, as no value was held",
              quality.withoutValue()));
    }
    return lines;
  }

  private static String figure(String name, double auc) {
    return String.format(Locale.ROOT, "%-44s %8.4f", name, auc);
  }
}
