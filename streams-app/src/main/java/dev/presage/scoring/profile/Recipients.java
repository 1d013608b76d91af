package dev.presage.scoring.profile;

import dev.presage.features.FeatureEngine;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.state.ProfileExtract;
import dev.presage.features.state.ProfileStore;
import dev.presage.schemas.avro.TriggerCandidate;
import dev.presage.scoring.population.Population;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.trigger.CandidateSink;
import dev.presage.scoring.trigger.Triggers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks customers whether they receive what happened to something else. A customer is asked as it is
 * stored: by its features as of the time that it has reached, and by the values that were last
 * published of it. Nothing is scored. Used by one thread.
 */
final class Recipients implements PendingCalls.Pass {
  private static final Logger log = LoggerFactory.getLogger(Recipients.class);

  private final FeatureEngine engine;
  private final Population population;
  private final ProfileStore<Profile> profiles;
  private final Function<byte[], TriggerCandidate> reader;
  private final CandidateSink sink;
  private final Decoded decoded;
  private final double[] vector;
  private final Map<String, List<TriggerCandidate>> byAudience = new LinkedHashMap<>();
  private final List<Asked> asked = new ArrayList<>();
  private ScoringRules rules;
  private boolean isCompiled;
  private double[] slots;

  /** Calls that the same customers receive. */
  private record Asked(Expression audience, List<TriggerCandidate> calls) {}

  /**
   * @param reader reads a call
   * @param sink gets a candidate for each customer who receives one
   */
  Recipients(
      FeatureEngine engine,
      Population population,
      ProfileStore<Profile> profiles,
      Function<byte[], TriggerCandidate> reader,
      CandidateSink sink) {
    this.engine = engine;
    this.population = population;
    this.profiles = profiles;
    this.reader = reader;
    this.sink = sink;
    this.decoded = new Decoded(new StoredProfile(engine));
    this.vector = new double[engine.schema().size()];
    this.rules = ScoringRules.none(engine.schema());
    this.slots = new double[rules.slots()];
  }

  /** Asks by these rules from now on. */
  void by(ScoringRules now) {
    if (now.scope() != rules.scope()) {
      rules = now;
      slots = new double[now.slots()];
      isCompiled = false;
    }
  }

  @Override
  public void begin(List<byte[]> calls) {
    byAudience.clear();
    for (byte[] call : calls) {
      TriggerCandidate candidate = reader.apply(call);
      byAudience
          .computeIfAbsent(
              candidate.getDefinition().getRecipients().getAudience(), it -> new ArrayList<>())
          .add(candidate);
    }
    isCompiled = false;
  }

  @Override
  public void ask(byte[] key) {
    if (!isCompiled) {
      compile();
    }
    Profile profile = asked.isEmpty() ? null : profiles.peek(key, decoded);
    if (profile == null || !profile.isAlive()) {
      return;
    }
    fillSlots(profile);
    for (int i = 0; i < asked.size(); i++) {
      if (asked.get(i).audience().test(slots)) {
        String canonicalId = new String(key, StandardCharsets.UTF_8);
        for (TriggerCandidate call : asked.get(i).calls()) {
          sink.triggerCandidate(Triggers.addressed(call, canonicalId));
        }
      }
    }
  }

  private void compile() {
    asked.clear();
    byAudience.forEach(
        (audience, calls) -> {
          try {
            asked.add(new Asked(Expression.condition(audience, rules.scope()), calls));
          } catch (InvalidExpressionException e) {
            log.warn(
                "Trigger {} called customers by a rule over what is not there any more; nobody"
                    + " further receives it: {}",
                calls.getFirst().getDefinition().getTrigger(),
                e.getMessage());
          }
        });
    isCompiled = true;
  }

  private void fillSlots(Profile profile) {
    engine.vector(profile.features(), profile.asOfMillis(), vector);
    System.arraycopy(vector, 0, slots, 0, vector.length);
    Arrays.fill(slots, vector.length, slots.length, Double.NaN);
    for (ActiveTrait trait : rules.traits()) {
      PublishedTrait published = profile.trait(trait.id());
      double value = published == null ? Double.NaN : published.lastValue();
      if (!Double.isNaN(value)) {
        slots[trait.slot()] = value;
        slots[trait.percentileSlot()] = population.percentile(trait.name(), value);
      }
    }
  }

  /** A profile that is read, and not kept decoded. */
  private record Decoded(StoredProfile format) implements ProfileExtract<Profile, Profile> {
    @Override
    public Profile of(Profile profile) {
      return profile;
    }

    @Override
    public Profile read(byte[] body, byte @Nullable [] head) {
      return format.decode(body, head);
    }
  }
}
