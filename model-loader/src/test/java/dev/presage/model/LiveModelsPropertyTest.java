package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever records come, the set is the one that the rules on paper give. */
class LiveModelsPropertyTest {
  private static final ModelArtefact GOOD =
      NativeModel.train(NativeModel.Plan.of("binary:logistic", 2, 1, 1), 5)
          .artefact(ModelKind.XGBOOST_UBJSON)
          .build();
  private static final List<String> TRAITS = List.of("churn", "repurchase");

  /** A record of the topic. */
  record Entry(String trait, String version, What what) {
    String key() {
      return ModelArtefacts.key(trait, version);
    }

    @Nullable ModelArtefact artefact() {
      if (what == What.TOMBSTONE) {
        return null;
      }
      ModelArtefact.Builder builder =
          ModelArtefact.newBuilder(GOOD).setTrait(trait).setVersion(version).setStage(what.stage);
      return what == What.REFUSED ? builder.setChecksum("").build() : builder.build();
    }
  }

  enum What {
    LIVE(ModelStage.LIVE),
    CANARY(ModelStage.CANARY),
    SHADOW(ModelStage.SHADOW),
    RETIRED(ModelStage.RETIRED),
    TOMBSTONE(ModelStage.RETIRED),
    REFUSED(ModelStage.LIVE);

    private final ModelStage stage;

    What(ModelStage stage) {
      this.stage = stage;
    }
  }

  @Provide
  Arbitrary<List<Entry>> records() {
    return Combinators.combine(
            Arbitraries.of(TRAITS),
            Arbitraries.of("v1", "v2", "v3", "v4"),
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(What.LIVE)), Tuple.of(6, Arbitraries.of(What.class))))
        .as(Entry::new)
        .list()
        .ofMaxSize(25);
  }

  @Property(tries = 300)
  void shouldHoldWhatTheNaiveReadingOfTheRecordsGives(@ForAll("records") List<Entry> records) {
    LiveModels models = models();
    Naive naive = new Naive();
    for (Entry record : records) {
      LiveModelSet before = models.current();
      List<String> held = naive.describe();
      models.apply(record.key(), record.artefact());
      naive.apply(record);

      assertThat(describe(before)).as("a set that somebody holds").isEqualTo(held);
      assertThat(describe(models.current())).isEqualTo(naive.describe());
    }
  }

  @Property(tries = 300)
  void shouldArriveThereFromACompactedTopic(@ForAll("records") List<Entry> records) {
    LiveModels following = models();
    Map<String, Entry> compacted = new LinkedHashMap<>();
    for (Entry record : records) {
      if (record.what() != What.REFUSED) {
        following.apply(record.key(), record.artefact());
        compacted.remove(record.key());
        compacted.put(record.key(), record);
      }
    }
    LiveModels starting = models();
    compacted.values().forEach(it -> starting.apply(it.key(), it.artefact()));

    assertThat(describe(starting.current())).isEqualTo(describe(following.current()));
  }

  private static LiveModels models() {
    return new LiveModels(new ModelLoader(ModelLimits.DEFAULTS), NativeModel.FINGERPRINT);
  }

  private static List<String> describe(LiveModelSet set) {
    List<String> lines = new ArrayList<>();
    for (String trait : TRAITS) {
      lines.add(
          line(
              trait,
              name(set.live(trait)),
              name(set.canary(trait)),
              set.shadows(trait).stream().map(LoadedModel::version).toList(),
              set.versions(trait).size()));
    }
    return lines;
  }

  private static @Nullable String name(@Nullable LoadedModel model) {
    return model == null ? null : model.version();
  }

  private static String line(
      String trait, @Nullable String live, @Nullable String canary, List<String> shadows, int all) {
    return "%s: live %s, canary %s, shadows %s of %d".formatted(trait, live, canary, shadows, all);
  }

  /** The last accepted record of each version, in order, read anew for every question. */
  private static final class Naive {
    private final List<Entry> accepted = new ArrayList<>();

    void apply(Entry record) {
      if (record.what() == What.REFUSED) {
        return;
      }
      accepted.removeIf(it -> it.key().equals(record.key()));
      if (record.what().stage != ModelStage.RETIRED) {
        accepted.add(record);
      }
    }

    List<String> describe() {
      return TRAITS.stream()
          .map(
              trait ->
                  line(
                      trait,
                      last(trait, What.LIVE),
                      last(trait, What.CANARY),
                      versions(trait, What.SHADOW),
                      (int) accepted.stream().filter(it -> it.trait().equals(trait)).count()))
          .toList();
    }

    private @Nullable String last(String trait, What what) {
      List<String> versions = versions(trait, what);
      return versions.isEmpty() ? null : versions.getLast();
    }

    private List<String> versions(String trait, What what) {
      return accepted.stream()
          .filter(it -> it.trait().equals(trait) && it.what() == what)
          .map(Entry::version)
          .toList();
    }
  }
}
