package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.identity.FoldOutcome;
import dev.presage.features.identity.Identity;
import dev.presage.features.identity.IdentityFold;
import dev.presage.features.identity.Known;
import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Consent;
import dev.presage.schemas.avro.Erase;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.avro.ProfileLogRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * The logs of several IDs, each in order, folded in any order of the IDs: what partitions on
 * different instances do.
 */
final class LogSimulator {
  /** More than any cycle needs that is left. */
  private static final int MOST_STEPS = 100_000;

  final Map<String, Person> known = new TreeMap<>();
  final Map<FoldOutcome.Kind, Integer> outcomes = new EnumMap<>(FoldOutcome.Kind.class);
  private final FeatureEngine engine;
  private final IdentityFold fold;
  private final Random random;
  private final Map<String, Deque<ProfileLogRecord>> logs = new TreeMap<>();

  /** What is known under one ID. */
  static final class Person implements Known {
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
    public void become(Identity identity, ProfileState features) {
      this.identity = identity;
      this.features = features;
    }
  }

  LogSimulator(FeatureEngine engine, Random random) {
    this.engine = engine;
    this.fold = new IdentityFold(engine);
    this.random = random;
  }

  void event(String id, Event event) {
    append(id, LogEntries.of(event));
  }

  void link(String from, String to, boolean implied) {
    append(from, LogEntries.of(new IdentityLink(from, to, Instant.ofEpochMilli(7), implied)));
  }

  void erase(String id) {
    append(id, LogEntries.of(new Erase(Instant.ofEpochMilli(9), "request", false)));
  }

  void consent(String id, long atMillis) {
    append(id, LogEntries.of(new Consent(Instant.ofEpochMilli(atMillis), "request")));
  }

  private void append(String id, ProfileLogRecord entry) {
    logs.computeIfAbsent(id, _ -> new ArrayDeque<>()).add(entry);
  }

  /** Applies the next record of some log; false where all logs are at their ends. */
  boolean step() {
    List<String> waiting = new ArrayList<>();
    logs.forEach(
        (id, log) -> {
          if (!log.isEmpty()) {
            waiting.add(id);
          }
        });
    if (waiting.isEmpty()) {
      return false;
    }
    String id = waiting.get(random.nextInt(waiting.size()));
    ProfileLogRecord entry = Objects.requireNonNull(logs.get(id)).remove();
    FoldOutcome outcome = fold.apply(id, person(id), entry, this::append);
    outcomes.merge(outcome.kind(), 1, Integer::sum);
    return true;
  }

  void drain() {
    int steps = 0;
    while (step()) {
      assertThat(steps++).as("steps to the ends of all logs").isLessThan(MOST_STEPS);
    }
  }

  Person person(String id) {
    return known.computeIfAbsent(id, _ -> new Person(engine.newState()));
  }

  /** The ID at the end of the redirects. */
  String canonical(String id) {
    String at = id;
    for (int i = 0; i <= known.size(); i++) {
      if (!(person(at).identity() instanceof Identity.Redirect redirect)) {
        return at;
      }
      at = redirect.to();
    }
    throw new AssertionError(
        "The redirects from " + id + " go round in a circle: " + known.keySet());
  }
}
