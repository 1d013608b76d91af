package dev.presage.scoring.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.HeldBy;
import dev.presage.scoring.trigger.CapDecision.Held;
import dev.presage.scoring.trigger.CapDecision.Sent;
import dev.presage.scoring.trigger.CapRules.Cap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever comes, in whatever order of event time, the caps decide as counting on paper does. */
class CapDeciderPropertyTest {
  private static final int LATEST = 120;
  private static final String TRIGGER = "t";

  /** One thing that happens. */
  record Step(What what, String profile, String other, long time) {}

  enum What {
    CANDIDATE,
    MERGE,
    ERASE,
    RESTART
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<What> whats =
        Arbitraries.frequency(
            Tuple.of(30, What.CANDIDATE),
            Tuple.of(2, What.MERGE),
            Tuple.of(1, What.ERASE),
            Tuple.of(1, What.RESTART));
    Arbitrary<String> profiles = Arbitraries.integers().between(0, 7).map(it -> "p" + it);
    Arbitrary<Long> times = Arbitraries.longs().between(0, LATEST);
    return Combinators.combine(whats, profiles, profiles, times)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(80);
  }

  @Provide
  Arbitrary<CapRules> rules() {
    Arbitrary<Cap> caps =
        Combinators.combine(Arbitraries.longs().between(1, 4), Arbitraries.longs().between(1, 40))
            .as(Cap::new);
    return Combinators.combine(
            Arbitraries.longs().between(0, 15),
            caps.injectNull(0.3),
            caps.injectNull(0.2),
            Arbitraries.longs().between(0, 150),
            Arbitraries.of(0.0, 0.3))
        .as(
            (coolDown, perProfile, total, lateness, holdout) ->
                new CapRules(coolDown, perProfile, total, lateness, Holdout.of(TRIGGER, holdout)));
  }

  @Property(tries = 3_000)
  void shouldDecideAsTheNaiveTwinDoes(
      @ForAll("rules") CapRules rules, @ForAll("steps") List<Step> steps) {
    Real real = new Real(rules);
    Twin twin = new Twin(rules);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      switch (step.what()) {
        case CANDIDATE ->
            assertThat(real.decide(step.profile(), step.time(), i))
                .as("step %d, %s", i, step)
                .isEqualTo(twin.decide(step.profile(), step.time()));
        case MERGE -> {
          if (!step.profile().equals(step.other())) {
            real.merge(step.profile(), step.other());
            twin.merge(step.profile(), step.other());
          }
        }
        case ERASE -> {
          real.erase(step.profile());
          twin.erase(step.profile());
        }
        case RESTART -> {
          real.restart();
          twin.restart();
        }
      }
    }
    twin.requireTotalCapEverywhere();
  }

  /** The classes under test, over a store that is a map of bytes. */
  private static final class Real {
    private final CapRules rules;
    private final Map<String, byte[]> store = new TreeMap<>();
    private @Nullable Places places;

    Real(CapRules rules) {
      this.rules = rules;
      restart();
    }

    String decide(String profile, long time, long id) {
      ProfileSends sends = read(profile);
      return switch (CapDecider.decide(rules, profile, time, id, sends, places)) {
        case Sent sent -> {
          put(profile, sends, sent.after());
          yield sent.holdout() ? "HOLDOUT" : "SENT";
        }
        case Held held -> held.by().name();
      };
    }

    void merge(String profile, String into) {
      ProfileSends left = read(profile);
      put(profile, left, ProfileSends.NONE);
      ProfileSends before = read(into);
      put(into, before, before.with(left));
    }

    void erase(String profile) {
      put(profile, read(profile), ProfileSends.NONE);
    }

    void restart() {
      if (rules.total() != null) {
        Places fresh = new Places(rules.total(), rules.latenessMillis());
        store.keySet().forEach(it -> fresh.replace(ProfileSends.NONE, read(it)));
        places = fresh;
      }
    }

    private ProfileSends read(String profile) {
      return StoredSends.read(store.get(profile));
    }

    private void put(String profile, ProfileSends before, ProfileSends after) {
      store.put(profile, StoredSends.write(after));
      if (places != null) {
        places.replace(before, after);
      }
    }
  }

  /** Keeps everything and counts every window. */
  private static final class Twin {
    private final CapRules rules;
    private final List<Out> all = new ArrayList<>();
    private long newest = -1;

    record Out(String profile, long time, boolean holdout) {}

    Twin(CapRules rules) {
      this.rules = rules;
    }

    String decide(String profile, long time) {
      boolean holdout = rules.holdout().includes(profile);
      HeldBy held = heldBy(new Out(profile, time, false));
      if (held != null) {
        return held.name();
      }
      all.add(new Out(profile, time, holdout));
      newest = Math.max(newest, time);
      return holdout ? "HOLDOUT" : "SENT";
    }

    private @Nullable HeldBy heldBy(Out candidate) {
      long time = candidate.time();
      List<Out> own = all.stream().filter(it -> it.profile().equals(candidate.profile())).toList();
      if (own.stream().anyMatch(it -> time < it.time() - rules.latenessMillis())) {
        return HeldBy.LATE;
      }
      if (own.stream().anyMatch(it -> Math.abs(it.time() - time) < rules.coolDownMillis())) {
        return HeldBy.COOL_DOWN;
      }
      Cap perProfile = rules.perProfile();
      if (perProfile != null) {
        for (long t = time; t < time + perProfile.windowMillis(); t++) {
          long end = t;
          long count =
              1 + own.stream().filter(it -> isIn(it, end, perProfile.windowMillis())).count();
          if (count > perProfile.most()) {
            return HeldBy.PER_PROFILE;
          }
        }
      }
      Cap total = rules.total();
      if (total != null) {
        if (newest >= 0 && time < newest - rules.latenessMillis()) {
          return HeldBy.LATE;
        }
        List<Out> withIt = new ArrayList<>(all);
        withIt.add(candidate);
        for (long t = time; t < time + total.windowMillis(); t++) {
          if (profiles(withIt, t, total.windowMillis()) > total.most()) {
            return HeldBy.TOTAL;
          }
        }
      }
      return null;
    }

    private static boolean isIn(Out out, long end, long window) {
      return out.time() > end - window && out.time() <= end;
    }

    private static long profiles(List<Out> outs, long end, long window) {
      return outs.stream()
          .filter(it -> !it.holdout() && isIn(it, end, window))
          .map(Out::profile)
          .distinct()
          .count();
    }

    void merge(String profile, String into) {
      all.replaceAll(
          it -> it.profile().equals(profile) ? new Out(into, it.time(), it.holdout()) : it);
    }

    void erase(String profile) {
      all.removeIf(it -> it.profile().equals(profile));
    }

    void restart() {
      newest = all.stream().mapToLong(Out::time).max().orElse(-1);
    }

    void requireTotalCapEverywhere() {
      Cap total = rules.total();
      if (total == null) {
        return;
      }
      Map<Long, Long> counts = new HashMap<>();
      for (long t = 0; t <= LATEST + total.windowMillis(); t++) {
        counts.put(t, profiles(all, t, total.windowMillis()));
      }
      assertThat(counts.values())
          .allSatisfy(
              it -> assertThat(Objects.requireNonNull(it)).isLessThanOrEqualTo(total.most()));
    }
  }
}
