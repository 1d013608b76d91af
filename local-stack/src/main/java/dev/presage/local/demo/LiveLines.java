package dev.presage.local.demo;

import dev.presage.local.console.Console;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Reason;
import dev.presage.schemas.avro.SegmentChange;
import dev.presage.schemas.avro.TraitUpdate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Trait updates and segment changes as lines, no more of each than a person can read; the others
 * are counted.
 */
final class LiveLines {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Console console;
  private final Throttle updates;
  private final Throttle changes;

  LiveLines(Console console, int linesPerSecond) {
    this.console = console;
    this.updates = new Throttle(linesPerSecond);
    this.changes = new Throttle(linesPerSecond);
  }

  synchronized void show(TraitUpdate update) {
    if (!updates.permits()) {
      return;
    }
    Double previous = update.getPreviousValue();
    console.line(
        "  %s  @|cyan %-7s|@  %-8s %s %s → @|bold %.3f|@%s"
            .formatted(
                time(update.getAsOf()),
                update.getCause() == Cause.SILENCE ? "silence" : "trait",
                update.getCanonicalId(),
                update.getTrait(),
                previous == null ? "  new" : String.format(Locale.ROOT, "%.3f", previous),
                update.getValue(),
                strongest(update.getReasons())));
  }

  private static String strongest(List<Reason> reasons) {
    if (reasons.isEmpty()) {
      return "";
    }
    Reason reason = reasons.getFirst();
    return String.format(
        Locale.ROOT,
        "  %s %+.2f by %s",
        reason.getContribution() < 0 ? "▼" : "▲",
        reason.getContribution(),
        reason.getFeature());
  }

  synchronized void show(SegmentChange change) {
    if (!changes.permits()) {
      return;
    }
    console.line(
        "  %s  @|magenta segment|@  %-8s %s: %s → @|bold %s|@"
            .formatted(
                time(change.getAsOf()),
                change.getCanonicalId(),
                change.getSegmentation(),
                change.getFrom() == null ? "none" : change.getFrom(),
                change.getTo() == null ? "none" : change.getTo()));
  }

  /** Says how many lines were left out. */
  synchronized void end() {
    long left = updates.refused() + changes.refused();
    if (left > 0) {
      console.line(String.format(Locale.ROOT, "  … and %,d more like these, not shown", left));
    }
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }
}
