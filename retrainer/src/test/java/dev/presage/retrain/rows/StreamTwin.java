package dev.presage.retrain.rows;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.IdentityFold;
import dev.presage.features.identity.Known;
import dev.presage.features.identity.LogEntries;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What the stream does with a log of several partitions, in any order of the partitions: writes
 * what it sends on behind what is there, and remembers the vectors that it served at moments of
 * events.
 */
public final class StreamTwin {
  private final FeatureEngine engine;
  private final IdentityFold fold;
  private final Random random;
  private final List<List<Entry>> logs = new ArrayList<>();
  private final int[] read;
  private final long[] clocks;
  private final Map<String, Person> known = new HashMap<>();
  private final List<Served> served = new ArrayList<>();
  private final List<ServedVector> vectors = new ArrayList<>();

  /** A vector as it was served, and what was known later of the profile that it was of. */
  static final class Served {
    final long asOf;
    final String bits;
    final ServedVector vector;
    final Person person;
    final int life;
    long knownUntil = Long.MAX_VALUE;
    boolean isErased;

    Served(ServedVector vector, Person person) {
      this.asOf = vector.asOf();
      this.bits = bits(vector.vector());
      this.vector = vector;
      this.person = person;
      this.life = person.identity.epoch();
    }

    boolean ordersWithin(long horizonMillis) {
      return person.orders.getOrDefault(life, List.of()).stream()
          .anyMatch(it -> it > asOf && it <= asOf + horizonMillis);
    }
  }

  private static final class Person implements Known {
    private final Map<Integer, List<Long>> orders = new HashMap<>();
    private Identity identity = Identity.NEW;
    private ProfileState features;

    Person(ProfileState features) {
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

  /** Nothing in its logs yet. */
  public StreamTwin(FeatureEngine engine, int partitions, Random random) {
    this.engine = engine;
    this.fold = new IdentityFold(engine);
    this.random = random;
    this.read = new int[partitions];
    this.clocks = new long[partitions];
    for (int i = 0; i < partitions; i++) {
      logs.add(new ArrayList<>());
    }
  }

  static String bits(double[] vector) {
    return Arrays.toString(Arrays.stream(vector).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  /** An event of an ID. */
  public StreamTwin event(String id, Event event) {
    return append(new Entry(id, event));
  }

  /** Says on a day that two IDs are the same. */
  public StreamTwin link(String from, String to, int day) {
    return append(
        new Entry(
            from,
            LogEntries.of(
                new IdentityLink(from, to, Histories.START.plus(Duration.ofDays(day)), false))));
  }

  /** Erases what an ID belongs to. */
  public StreamTwin erase(String id, int day) {
    return append(
        new Entry(
            id,
            LogEntries.of(
                new Erase(Histories.START.plus(Duration.ofDays(day)), "request", false))));
  }

  /** Lets an erased ID in again. */
  public StreamTwin consent(String id, int day) {
    return append(
        new Entry(
            id, LogEntries.of(new Consent(Histories.START.plus(Duration.ofDays(day)), "request"))));
  }

  private StreamTwin append(Entry entry) {
    logs.get(partition(entry.profileId())).add(entry);
    return this;
  }

  private int partition(String id) {
    return Math.floorMod(id.hashCode(), read.length);
  }

  /** Processes a number of records, as far as there are any. */
  public StreamTwin process(int most) {
    for (int i = 0; i < most && step(); i++) {}
    return this;
  }

  /** Processes everything; the logs are as the retrainer finds them. */
  public List<List<Entry>> logs() {
    while (step()) {}
    return logs;
  }

  List<Served> served() {
    return served;
  }

  /** Vectors of late events, too. */
  List<ServedVector> vectors() {
    return vectors;
  }

  private boolean step() {
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < read.length; i++) {
      if (read[i] < logs.get(i).size()) {
        waiting.add(i);
      }
    }
    if (waiting.isEmpty()) {
      return false;
    }
    int partition = waiting.get(random.nextInt(waiting.size()));
    Entry entry = logs.get(partition).get(read[partition]++);
    Person person = known.computeIfAbsent(entry.profileId(), id -> new Person(engine.newState()));
    FoldOutcome outcome =
        fold.apply(
            entry.profileId(), person, entry.logged(), (id, sent) -> append(new Entry(id, sent)));
    Event event = entry.event();
    switch (outcome.kind()) {
      case APPLIED, APPLIED_LATE ->
          applied(outcome.kind(), partition, entry.profileId(), person, event);
      case MOVED -> {
        long link = entry.logged().getLink().getOccurredAt().toEpochMilli();
        served.stream()
            .filter(it -> it.person == person && it.life == person.identity.epoch() - 1)
            .forEach(it -> it.knownUntil = Math.min(link, clocks[partition]));
      }
      case ERASED ->
          served.stream().filter(it -> it.person == person).forEach(it -> it.isErased = true);
      default -> {}
    }
    return true;
  }

  private void applied(
      FoldOutcome.Kind kind, int partition, String id, Person person, Event event) {
    long time = event.getOccurredAt().toEpochMilli();
    clocks[partition] = Math.max(clocks[partition], time);
    if (event.getType().equals("order_completed")) {
      person.orders.computeIfAbsent(person.identity.epoch(), life -> new ArrayList<>()).add(time);
    }
    double[] features = new double[engine.schema().size()];
    long asOf = person.features.newestEventMillis();
    engine.vector(person.features, asOf, features);
    boolean isLate = kind == FoldOutcome.Kind.APPLIED_LATE;
    ServedVector vector = new ServedVector(id, event.getEventId(), isLate, asOf, features);
    vectors.add(vector);
    if (!isLate) {
      served.add(new Served(vector, person));
    }
  }
}
