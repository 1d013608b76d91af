package dev.presage.endtoend;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.IdentityFold;
import dev.presage.features.identity.Known;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryVisitor;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.ProfileLogRecord;
import dev.presage.schemas.avro.TrainingExample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds every vector that was served against the one that the fold of the log gives at that point,
 * bit for bit: of events, late ones included, of merges, and of rungs of silence.
 *
 * @param equal how many were the same, by the cause of the score
 * @param different the first ones that were not, in words
 */
record ServedVectors(Map<Cause, Integer> equal, List<String> different) {
  private static final int MOST_SHOWN = 20;

  /**
   * Compares.
   *
   * @param served of one trait, by profile, in the order in which they were served
   */
  static ServedVectors compare(
      FeatureEngine engine, History log, Map<String, List<TrainingExample>> served) {
    Comparison comparison = new Comparison(engine, served);
    log.replay(comparison);
    comparison.open.forEach(
        (id, examples) -> {
          if (!examples.isEmpty()) {
            comparison.differs(examples.getFirst(), "nothing in the log explains it");
          }
        });
    return new ServedVectors(comparison.equal, comparison.different);
  }

  private static final class Comparison implements HistoryVisitor {
    private final Map<Cause, Integer> equal = new EnumMap<>(Cause.class);
    private final List<String> different = new ArrayList<>();
    private final Map<String, Deque<TrainingExample>> open = new HashMap<>();
    private final Map<String, Folded> folded = new HashMap<>();
    private final FeatureEngine engine;
    private final IdentityFold fold;

    Comparison(FeatureEngine engine, Map<String, List<TrainingExample>> served) {
      this.engine = engine;
      this.fold = new IdentityFold(engine);
      served.forEach((id, examples) -> open.put(id, new ArrayDeque<>(examples)));
    }

    @Override
    public void record(String profileId, ProfileLogRecord entry) {
      Folded profile = folded.computeIfAbsent(profileId, _ -> new Folded(engine.newState()));
      if (isServed(profileId, entry)) {
        compareWhile(profileId, profile, it -> isOfTime(it.getCause()));
      }
      FoldOutcome outcome = fold.apply(profileId, profile, entry, (id, sent) -> {});
      Event event = entry.getEvent();
      switch (outcome.kind()) {
        case APPLIED, APPLIED_LATE ->
            compareNext(
                profileId, profile, it -> Objects.equals(it.getEventId(), event.getEventId()));
        case MERGED -> compareNext(profileId, profile, it -> it.getCause() == Cause.MERGE);
        default -> {}
      }
    }

    /** What time alone caused before a record is served before it, if the record is. */
    private boolean isServed(String profileId, ProfileLogRecord entry) {
      Deque<TrainingExample> examples = open.getOrDefault(profileId, new ArrayDeque<>());
      if (entry.getEvent() != null) {
        String eventId = entry.getEvent().getEventId();
        return examples.stream().anyMatch(it -> Objects.equals(it.getEventId(), eventId));
      }
      return entry.getAbsorb() == null
          || examples.stream().anyMatch(it -> it.getCause() == Cause.MERGE);
    }

    private static boolean isOfTime(Cause cause) {
      return cause == Cause.SILENCE || cause == Cause.MODEL;
    }

    private void compareWhile(
        String profileId, Folded profile, Predicate<TrainingExample> belongs) {
      while (compareNext(profileId, profile, belongs)) {}
    }

    private boolean compareNext(
        String profileId, Folded profile, Predicate<TrainingExample> belongs) {
      Deque<TrainingExample> examples = open.get(profileId);
      if (examples == null || examples.isEmpty() || !belongs.test(examples.getFirst())) {
        return false;
      }
      TrainingExample next = examples.removeFirst();
      double[] vector = new double[engine.schema().size()];
      engine.vector(profile.features, next.getAsOf().toEpochMilli(), vector);
      double[] was = next.getFeatures().stream().mapToDouble(Double::doubleValue).toArray();
      if (Arrays.equals(vector, was)) {
        equal.merge(next.getCause(), 1, Integer::sum);
      } else {
        differs(next, "the log gives " + Arrays.toString(vector));
      }
      return true;
    }

    private void differs(TrainingExample example, @Nullable String how) {
      if (different.size() < MOST_SHOWN) {
        different.add(
            "%s, %s as of %s, event %s: %s, served was %s"
                .formatted(
                    example.getCanonicalId(),
                    example.getCause(),
                    example.getAsOf(),
                    example.getEventId(),
                    how,
                    example.getFeatures()));
      }
    }

    @Override
    public void endPartition() {
      folded.forEach((id, profile) -> compareWhile(id, profile, it -> isOfTime(it.getCause())));
      folded.clear();
    }

    @Override
    public void progress(long read, long all) {
      // Nobody watches.
    }
  }

  private static final class Folded implements Known {
    private Identity identity = Identity.NEW;
    private ProfileState features;

    Folded(ProfileState features) {
      this.features = features;
    }

    @Override
    public Identity identity() {
      return identity;
    }

    @Override
    public ProfileState features() {
      return features;
    }

    @Override
    public void become(Identity next, ProfileState nextFeatures) {
      identity = next;
      features = nextFeatures;
    }
  }
}
