package dev.presage.retrain.runs;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runs that are remembered. Thread-safe. */
public final class RunBook {
  /** Of one trait, the open one included; years of weekly runs. */
  public static final int REMEMBERED_OF_A_TRAIT = 100;

  /** By ID; guarded by this. */
  private final Map<String, RunStatus> runs = new LinkedHashMap<>();

  /** By how they ended here; guarded by this. */
  private final Map<RunState, Long> ended = new EnumMap<>(RunState.class);

  /** Takes in a run of this retrainer as it is now. */
  public synchronized void put(RunStatus run) {
    RunStatus before = runs.put(run.id(), run);
    if (run.state().isOver() && (before == null || !before.state().isOver())) {
      ended.merge(run.state(), 1L, Long::sum);
    }
  }

  /** Takes in what was written down of a run. */
  public synchronized void remember(RunStatus run) {
    runs.put(run.id(), run);
  }

  /** Forgets all runs but these. */
  public synchronized void retain(Set<String> ids) {
    runs.keySet().retainAll(ids);
  }

  /** Forgets a run. */
  public synchronized void remove(String id) {
    runs.remove(id);
  }

  /** A run, as far as it is remembered. */
  public synchronized Optional<RunStatus> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** The runs of a trait in the order in which they were asked for. */
  public synchronized List<RunStatus> of(String trait) {
    // A topic that is compacted tells of them in the order in which they were changed last.
    return runs.values().stream()
        .filter(it -> it.trait().equals(trait))
        .sorted(Comparator.comparing(RunStatus::queuedAt))
        .toList();
  }

  /** The run of a trait that was asked for last. */
  public Optional<RunStatus> last(String trait) {
    List<RunStatus> all = of(trait);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** The run that a version of a model came of, as far as it is remembered. */
  public Optional<RunStatus> of(String trait, @Nullable String modelVersion) {
    return of(trait).stream()
        .filter(it -> modelVersion != null && modelVersion.equals(it.modelVersion()))
        .reduce((earlier, later) -> later);
  }

  /** The runs that are not over, of all traits. */
  public synchronized List<RunStatus> open() {
    return runs.values().stream().filter(it -> !it.state().isOver()).toList();
  }

  /** The oldest run of a trait that there is no more room for; nothing while there is. */
  public Optional<RunStatus> surplus(String trait) {
    List<RunStatus> all = of(trait);
    return all.size() <= REMEMBERED_OF_A_TRAIT
        ? Optional.empty()
        : all.stream().filter(it -> it.state().isOver()).findFirst();
  }

  /** Number of runs that ended here in a state since the start. */
  public synchronized long ended(RunState state) {
    return ended.getOrDefault(state, 0L);
  }
}
