package dev.presage.scoring.metrics;

import dev.presage.features.state.ProfileStoreStatistics;
import dev.presage.scoring.deadletter.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** What the engine counts; one instance a process. Counts of aborted transactions are included. */
public final class ScoringMetrics {
  private final MeterRegistry registry;
  private final Counter events;
  private final Counter duplicates;
  private final Counter lateEvents;
  private final Timer eventTime;
  private final ProfileStoreStatistics profileStore = new ProfileStoreStatistics();
  private final ModelMetrics models;
  private final TriggerMetrics triggers;
  private final Map<Refusal.Code, Counter> deadLetters = new EnumMap<>(Refusal.Code.class);
  private final Map<String, Counter> scores = new ConcurrentHashMap<>();
  private final Map<String, Counter> traitUpdates = new ConcurrentHashMap<>();
  private final Map<String, Counter> segmentChanges = new ConcurrentHashMap<>();

  /** Registers the meters. */
  public ScoringMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.models = new ModelMetrics(registry);
    this.triggers = new TriggerMetrics(registry);
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

  /** What is counted of models. */
  public ModelMetrics models() {
    return models;
  }

  /** What is counted of triggers. */
  public TriggerMetrics triggers() {
    return triggers;
  }

  /** Where the profile stores count. */
  public ProfileStoreStatistics profileStore() {
    return profileStore;
  }

  /** Counts an event that was applied. */
  public void applied(boolean late) {
    events.increment();
    if (late) {
      lateEvents.increment();
    }
  }

  public void duplicate() {
    duplicates.increment();
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
