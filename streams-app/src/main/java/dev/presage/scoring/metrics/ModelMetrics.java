package dev.presage.scoring.metrics;

import dev.presage.model.LiveModelSet;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ModelStage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is counted of models. Thread-safe; counting a known version's score allocates nothing. */
public final class ModelMetrics {
  private final MeterRegistry registry;
  private final MultiGauge serving;
  private final Map<ModelStage, AtomicInteger> loaded = new EnumMap<>(ModelStage.class);

  /** By trait, then version. */
  private final ConcurrentMap<String, ConcurrentMap<String, Comparison>> comparisons =
      new ConcurrentHashMap<>();

  ModelMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.serving =
        MultiGauge.builder("presage.models.serving")
            .description("1 for each version that scores, by what it does")
            .register(registry);
    for (ModelStage stage : List.of(ModelStage.LIVE, ModelStage.CANARY, ModelStage.SHADOW)) {
      AtomicInteger count = new AtomicInteger();
      loaded.put(stage, count);
      Gauge.builder("presage.models.loaded", count, AtomicInteger::get)
          .description("Versions in memory, those included that a rollback would bring back")
          .tag("stage", stage.name())
          .register(registry);
    }
  }

  private record Comparison(Counter scores, DistributionSummary difference) {}

  /** Counts a decision and shows the sets that hold after it, one of each entity type. */
  public synchronized void decided(ModelDecision decision, List<LiveModelSet> now) {
    RefusalCode code = decision.code();
    Counter.builder("presage.model.decisions")
        .description("Decisions about models, by outcome and code")
        .tag("trait", decision.trait())
        .tag("outcome", decision.outcome().name())
        .tag("code", code == null ? "NONE" : code.name())
        .register(registry)
        .increment();
    show(now);
    forgetOthers(now);
  }

  /**
   * Counts a score of a canary or a shadow.
   *
   * @param live what the live model said of the same vector; NaN where there is none
   */
  public void challenged(LoadedModel challenger, double score, double live) {
    Comparison comparison = comparison(challenger.trait(), challenger.version());
    comparison.scores.increment();
    double difference = Math.abs(score - live);
    if (!Double.isNaN(difference)) {
      comparison.difference.record(difference);
    }
  }

  private void show(List<LiveModelSet> now) {
    List<Row<?>> rows = new ArrayList<>();
    Map<ModelStage, Integer> counts = new EnumMap<>(ModelStage.class);
    for (LiveModelSet set : now) {
      for (String trait : set.traits()) {
        addRow(rows, set.live(trait));
        addRow(rows, set.canary(trait));
        set.shadows(trait).forEach(model -> addRow(rows, model));
        set.versions(trait).forEach(model -> counts.merge(model.stage(), 1, Integer::sum));
      }
    }
    serving.register(rows, true);
    loaded.forEach((stage, count) -> count.set(counts.getOrDefault(stage, 0)));
  }

  private static void addRow(List<Row<?>> rows, @Nullable LoadedModel model) {
    if (model != null) {
      rows.add(
          Row.of(
              Tags.of(
                  "trait", model.trait(),
                  "version", model.version(),
                  "stage", model.stage().name()),
              1));
    }
  }

  private void forgetOthers(List<LiveModelSet> now) {
    comparisons.forEach(
        (trait, versions) -> {
          Set<String> there =
              now.stream()
                  .flatMap(set -> set.versions(trait).stream())
                  .map(LoadedModel::version)
                  .collect(Collectors.toSet());
          versions.forEach(
              (version, comparison) -> {
                if (!there.contains(version) && versions.remove(version, comparison)) {
                  registry.remove(comparison.scores);
                  registry.remove(comparison.difference);
                }
              });
        });
  }

  private Comparison comparison(String trait, String version) {
    ConcurrentMap<String, Comparison> versions = comparisons.get(trait);
    Comparison known = versions == null ? null : versions.get(version);
    return known != null
        ? known
        : comparisons
            .computeIfAbsent(trait, it -> new ConcurrentHashMap<>())
            .computeIfAbsent(version, it -> register(trait, version));
  }

  private Comparison register(String trait, String version) {
    Tags tags = Tags.of("trait", trait, "version", version);
    return new Comparison(
        Counter.builder("presage.challenger.scores")
            .description("Scores of canaries and shadows")
            .tags(tags)
            .register(registry),
        DistributionSummary.builder("presage.challenger.difference")
            .description("How far a canary or shadow was from the live model on the same vector")
            .tags(tags)
            .register(registry));
  }
}
