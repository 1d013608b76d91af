package dev.presage.retrain.app;

import dev.presage.retrain.app.Views.TraitView;
import dev.presage.retrain.runs.DataNeed;
import dev.presage.retrain.runs.DataReport;
import dev.presage.retrain.runs.FeatureSignal;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes out over HTTP of definitions and of the data for them. */
final class DefinitionViews {
  private static final int SIGNALS_SHOWN = 20;

  private DefinitionViews() {}

  /** Everything that is wrong with a request. */
  @Serdeable
  record Problems(String message, List<String> problems) {}

  /** Traits that were written. */
  @Serdeable
  record Written(List<TraitView> traits) {}

  /** What would be written, and whether there is enough data. */
  @Serdeable
  record Checked(List<Map<String, Object>> definitions, List<DataView> data) {}

  /** Whether the history suffices for a trait. Times are event times. */
  @Serdeable
  record DataView(
      String trait,
      boolean enough,
      @Nullable String reason,
      @Nullable String expectedAt,
      @Nullable String from,
      @Nullable String until,
      long events,
      long profiles,
      long eligibleProfiles,
      long rows,
      long positives,
      long censoredRows,
      List<NeedView> needs,
      List<SignalView> signals) {
    static DataView of(DataReport report) {
      return new DataView(
          report.trait(),
          report.isEnough(),
          report.isEnough() ? null : reason(report),
          text(report.expectedAt().orElse(null)),
          text(report.from()),
          text(report.until()),
          report.events(),
          report.profiles(),
          report.eligibleProfiles(),
          report.rows(),
          report.positives(),
          report.censoredRows(),
          report.needs().stream().map(NeedView::of).toList(),
          report.signals().stream().limit(SIGNALS_SHOWN).map(SignalView::of).toList());
    }

    /** Of a trait that cannot be trained here. */
    static DataView untrainable(String trait, String why) {
      return new DataView(
          trait, false, why, null, null, null, 0, 0, 0, 0, 0, 0, List.of(), List.of());
    }

    private static String reason(DataReport report) {
      return String.join("; ", report.missing().stream().map(NeedView::sentence).toList());
    }
  }

  /** Something of which enough is needed. */
  @Serdeable
  record NeedView(
      String what, double found, double needed, boolean met, @Nullable String expectedAt) {
    static NeedView of(DataNeed need) {
      return new NeedView(
          need.what(), need.found(), need.needed(), need.isMet(), text(need.expectedAt()));
    }

    static String sentence(DataNeed need) {
      return "%s: %s of %s, %s"
          .formatted(need.what(), number(need.found()), number(need.needed()), when(need));
    }

    private static String when(DataNeed need) {
      if (need.expectedAt() != null) {
        return "to be expected by " + need.expectedAt();
      }
      return need.found() == 0
          ? "nobody can say when"
          : "not to be expected within ten years as it goes now";
    }

    private static String number(double number) {
      return number == Math.rint(number)
          ? Long.toString((long) number)
          : Double.toString(Math.round(number * 10) / 10.0);
    }
  }

  /** A feature that tells rows apart by itself. */
  @Serdeable
  record SignalView(String feature, double auc, boolean suspect) {
    static SignalView of(FeatureSignal signal) {
      return new SignalView(signal.feature(), signal.auc(), signal.isSuspect());
    }
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
