package dev.presage.retrain.report;

import dev.presage.retrain.runs.RunStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports of runs, also of those before the process was started. Thread-safe. */
public final class ReportShelf {
  private static final Logger log = LoggerFactory.getLogger(ReportShelf.class);

  /** As they are kept, by ID of the run. */
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  /** Takes in a report as it is kept. */
  public void put(String run, byte[] report) {
    kept.put(run, report);
  }

  /** A report as it is kept, where one is. */
  public Optional<byte[]> kept(String run) {
    return Optional.ofNullable(kept.get(run));
  }

  /** Forgets a report. */
  public void remove(String run) {
    kept.remove(run);
  }

  /** All that there is to say of a run. */
  public RunReport of(RunStatus run) {
    RunReport now = RunReport.of(run);
    return now.findings() == null ? findings(run.id()).map(now::withFindings).orElse(now) : now;
  }

  private Optional<RunReport.Findings> findings(String run) {
    byte[] report = kept.get(run);
    if (report == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(StoredReport.read(report).findings());
    } catch (IllegalArgumentException e) {
      log.warn("The report of run {} is passed over: {}", run, e.getMessage());
      return Optional.empty();
    }
  }
}
