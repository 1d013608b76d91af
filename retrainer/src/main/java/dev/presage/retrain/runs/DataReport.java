package dev.presage.retrain.runs;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history suffices to train a trait.
 *
 * @param trait the trait
 * @param events events that were read
 * @param profiles profiles with at least one of them
 * @param eligibleProfiles profiles that were eligible at some time whose horizon is over
 * @param rows rows to train on and to judge by
 * @param positives how many of them reached the target, or have a value above 0
 * @param censoredRows rows of which nothing is known, as they neither reached the target nor failed
 * @param from when the history begins; null where it is empty
 * @param until when it ends; null where it is empty
 * @param needs what is needed, each with its threshold
 * @param signals features that tell rows apart, the best first
 */
public record DataReport(
    String trait,
    long events,
    long profiles,
    long eligibleProfiles,
    long rows,
    long positives,
    long censoredRows,
    @Nullable Instant from,
    @Nullable Instant until,
    List<DataNeed> needs,
    List<FeatureSignal> signals) {
  public DataReport {
    needs = List.copyOf(needs);
    signals = List.copyOf(signals);
  }

  /** Whether a run would have enough. */
  public boolean isEnough() {
    return needs.stream().allMatch(DataNeed::isMet);
  }

  /** What there is too little of. */
  public List<DataNeed> missing() {
    return needs.stream().filter(it -> !it.isMet()).toList();
  }

  /**
   * When there will be enough of everything if it goes on as it did; nothing where there is, and
   * where that is not to be expected.
   */
  public Optional<Instant> expectedAt() {
    List<DataNeed> missing = missing();
    return missing.stream().anyMatch(it -> it.expectedAt() == null)
        ? Optional.empty()
        : missing.stream()
            .map(DataNeed::expectedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
  }
}
