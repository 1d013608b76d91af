package dev.presage.scoring.metrics;

import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.state.ProfileStoreStatistics;
import dev.presage.scoring.deadletter.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the engine counts; one instance a process. Counts of aborted transactions are included. */
public final class ScoringMetrics {
  private static final Set<FoldOutcome.Kind> IDENTITY =
      EnumSet.range(FoldOutcome.Kind.MERGED, FoldOutcome.Kind.DROPPED);

  private final MeterRegistry registry;
  private final Counter events;
  private final Counter duplicates;
  private final Counter lateEvents;
  private final Timer eventTime;
  private final ProfileStoreStatistics profileStore = new ProfileStoreStatistics();
  private final ModelMetrics models;
  private final TriggerMetrics triggers;
  private final QualityMetrics quality;
  private final Map<Refusal.Code, Counter> deadLetters = new EnumMap<>(Refusal.Code.class);
  private final Map<FoldOutcome.Kind, Counter> identities = new EnumMap<>(FoldOutcome.Kind.class);
  private final Map<String, Counter> scores = new ConcurrentHashMap<>();
  private final Map<String, Counter> traitUpdates = new ConcurrentHashMap<>();
  private final Map<String, Counter> segmentChanges = new ConcurrentHashMap<>();

  /** Registers the meters. */
  public ScoringMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.models = new ModelMetrics(registry);
    this.triggers = new TriggerMetrics(registry);
    this.quality = new QualityMetrics(registry);
    this.events = counter("presage.events", "Events applied to profiles, late ones included");
    this.duplicates = counter("presage.events.duplicate", "Events that had been seen before");
    this.lateEvents = counter("presage.events.late", "Events applied out of order");
    this.eventTime =
        Timer.builder("presage.event.time")
            .description("Time to apply one record of the profile log, scores included")
            .publishPercentileHistogram()
            .register(registry);
    for (Refusal.Code code : Refusal.Code.values()) {
      deadLetters.put(
          code,
          Counter.builder("presage.dead.letters")
              .description("Records sent to dead-letters, by reason")
              .tag("code", code.name())
              .register(registry));
    }
    for (FoldOutcome.Kind kind : IDENTITY) {
      identities.put(
          kind,
          Counter.builder("presage.identity")
              .description("What links, absorbed states, erasures and consents came to")
              .tag("outcome", kind.name())
              .register(registry));
    }
    countProfileStore();
  }

  private void countProfileStore() {
    String lookups = "presage.profile.cache.lookups";
    String found = "Profiles looked up in the cache of decoded ones, by whether they were there";
    stored(lookups, found, "outcome", "hit", ProfileStoreStatistics::hits);
    stored(lookups, found, "outcome", "miss", ProfileStoreStatistics::misses);
    String records = "presage.profile.writes";
    String written = "Profiles written to the store and its changelog, by part";
    stored(records, written, "part", "body", ProfileStoreStatistics::bodies);
    stored(records, written, "part", "head", ProfileStoreStatistics::heads);
    String bytes = "presage.profile.written";
    String length = "Keys and values written to the profile store, by part";
    stored(bytes, length, "part", "body", ProfileStoreStatistics::bodyBytes);
    stored(bytes, length, "part", "head", ProfileStoreStatistics::headBytes);
    FunctionCounter.builder(
            "presage.profile.evictions", profileStore, ProfileStoreStatistics::evictions)
        .description("Decoded profiles that left the cache to make room")
        .register(registry);
    FunctionCounter.builder("presage.profiles.capped", profileStore, ProfileStoreStatistics::capped)
        .description("Profiles that were too large for a record, and so were capped")
        .register(registry);
  }

  private void stored(
      String name,
      String description,
      String tag,
      String value,
      ToDoubleFunction<ProfileStoreStatistics> count) {
    FunctionCounter.builder(name, profileStore, count)
        .description(description)
        .tag(tag, value)
        .baseUnit(name.endsWith("written") ? "bytes" : null)
        .register(registry);
  }

  /** Shows how far the partitions of this instance have come with what no event asks for. */
  public void progress(ProgressBoard board) {
    gauge(
        "presage.silence.partitions.behind",
        "Partitions with profiles that fell silent and are not scored yet",
        board,
        it -> it.partitions().values().stream().filter(one -> !one.isUpToTime()).count());
    gauge(
        "presage.sweep.partitions.unfinished",
        "Partitions that the sweep after a change of models or definitions has not finished",
        board,
        it -> it.partitions().values().stream().filter(one -> !one.isSwept()).count());
    gauge(
        "presage.sweep.profiles",
        "Profiles that the sweep has come past",
        board,
        it -> it.partitions().values().stream().mapToLong(PartitionProgress::swept).sum());
    gauge(
        "presage.census.profiles",
        "Profiles that the censuses of the partitions have come past",
        board,
        it -> it.censuses().values().stream().mapToLong(CensusProgress::profiles).sum());
    gauge(
        "presage.census.partitions.unfinished",
        "Partitions whose census has not come to its end",
        board,
        it -> it.censuses().values().stream().filter(one -> !one.isComplete()).count());
    gauge(
        "presage.trigger.calls.pending",
        "Calls for which not all customers of their partition have been asked",
        board,
        it -> it.calls().values().stream().mapToLong(CallProgress::pending).sum());
    gauge(
        "presage.trigger.calls.profiles",
        "Customers who were asked whether they receive what happened to something else",
        board,
        it -> it.calls().values().stream().mapToLong(CallProgress::passed).sum());
    gauge(
        "presage.partition.time.seconds",
        "How far the time of the partition that is furthest behind has come, since 1970",
        board,
        it ->
            it.partitions().values().stream()
                .mapToDouble(one -> one.clockMillis() / 1e3)
                .min()
                .orElse(Double.NaN));
  }

  private void gauge(
      String name, String description, ProgressBoard board, ToDoubleFunction<ProgressBoard> value) {
    Gauge.builder(name, board, value).description(description).register(registry);
  }

  /** What is counted of models. */
  public ModelMetrics models() {
    return models;
  }

  /** What models are worth. */
  public QualityMetrics quality() {
    return quality;
  }

  /** What is counted of triggers. */
  public TriggerMetrics triggers() {
    return triggers;
  }

  /** Where the profile stores count. */
  public ProfileStoreStatistics profileStore() {
    return profileStore;
  }

  /** Counts what a record of the profile log did. */
  public void folded(FoldOutcome.Kind kind) {
    switch (kind) {
      case APPLIED -> events.increment();
      case APPLIED_LATE -> {
        events.increment();
        lateEvents.increment();
      }
      case DUPLICATE -> duplicates.increment();
      default -> {
        Counter counter = identities.get(kind);
        if (counter != null) {
          counter.increment();
        }
      }
    }
  }

  /** Counts a record that went to {@code dead-letters}. */
  public void deadLetter(Refusal.Code code) {
    Counter counter = deadLetters.get(code);
    if (counter != null) {
      counter.increment();
    }
  }

  public void score(String trait) {
    byTag(scores, "presage.scores", "trait", trait, "Scores computed").increment();
  }

  public void traitUpdate(String trait) {
    byTag(traitUpdates, "presage.trait.updates", "trait", trait, "Trait updates sent").increment();
  }

  public void segmentChange(String segmentation) {
    byTag(
            segmentChanges,
            "presage.segment.changes",
            "segmentation",
            segmentation,
            "Segment changes sent")
        .increment();
  }

  /** Records the time that one record of the profile log took. */
  public void eventTook(long nanos) {
    eventTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  private Counter byTag(
      Map<String, Counter> known, String name, String tag, String value, String description) {
    Counter counter = known.get(value);
    if (counter == null) {
      counter = Counter.builder(name).description(description).tag(tag, value).register(registry);
      known.put(value, counter);
    }
    return counter;
  }
}
