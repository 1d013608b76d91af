package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.model.LiveModelSet;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.rules.Segmentation.CompiledSegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiles definitions; those that are wrong are left out and named with every problem. */
final class RulesCompiler {
  private final FeatureSchema schema;
  private final Slots slots;
  private final List<String> problems = new ArrayList<>();
  private final Map<Integer, String> traitIds = new HashMap<>();
  private final Map<Integer, String> segmentationIds = new HashMap<>();

  private RulesCompiler(FeatureSchema schema, Collection<String> traits) {
    this.schema = schema;
    this.slots = new Slots(schema.names(), traits);
  }

  /** Compiles definitions, by name, against the live models. */
  static ScoringRules compile(
      FeatureSchema schema,
      Map<String, TraitDefinition> traits,
      Map<String, SegmentDefinition> segmentations,
      LiveModelSet models) {
    RulesCompiler compiler = new RulesCompiler(schema, traits.keySet());
    List<ActiveTrait> activeTraits = new ArrayList<>();
    for (TraitDefinition trait : traits.values()) {
      ActiveTrait active = compiler.trait(trait, models);
      if (active != null) {
        activeTraits.add(active);
      }
    }
    List<Segmentation> active = new ArrayList<>();
    for (SegmentDefinition segmentation : segmentations.values()) {
      Segmentation compiled = compiler.segmentation(segmentation);
      if (compiled != null) {
        active.add(compiled);
      }
    }
    return new ScoringRules(
        schema, compiler.slots.count(), activeTraits, active, compiler.problems);
  }

  private @Nullable ActiveTrait trait(TraitDefinition definition, LiveModelSet models) {
    String name = definition.getTrait();
    Slots features = new Slots(schema.names(), Set.of());
    Expression eligibility =
        condition("Trait " + name + ", eligibility", definition.getEligibility(), features);
    boolean sound = checkNumbers(definition);
    boolean unique = isUnique("Trait", name, traitIds);
    if (eligibility == null || !sound || !unique) {
      return null;
    }
    return new ActiveTrait(definition, slots.trait(name), eligibility, models.live(name));
  }

  private boolean checkNumbers(TraitDefinition definition) {
    int before = problems.size();
    String where = "Trait " + definition.getTrait();
    if (!(definition.getTolerance() >= 0)) {
      problems.add(where + ": tolerance is " + definition.getTolerance() + "; expected 0 or more");
    }
    if (!(definition.getExampleShare() >= 0 && definition.getExampleShare() <= 1)) {
      problems.add(
          where + ": exampleShare is " + definition.getExampleShare() + "; expected 0 to 1");
    }
    if (definition.getHorizonMillis() <= 0) {
      problems.add(
          where + ": horizonMillis is " + definition.getHorizonMillis() + "; expected more than 0");
    }
    return problems.size() == before;
  }

  private @Nullable Segmentation segmentation(SegmentDefinition definition) {
    String name = definition.getSegmentation();
    int problemsBefore = problems.size();
    List<CompiledSegment> segments = new ArrayList<>();
    Set<String> reads = new TreeSet<>();
    Map<Integer, String> segmentIds = new HashMap<>();
    if (definition.getSegments().isEmpty()) {
      problems.add("Segmentation " + name + " has no segments; it needs at least one");
    }
    for (Segment segment : definition.getSegments()) {
      String where = "Segmentation " + name + ", segment " + segment.getName();
      isUnique(where, segment.getName(), segmentIds);
      Expression enter = condition(where + ", enter", segment.getEnter(), slots);
      String staySource = segment.getStay();
      Expression stay = staySource == null ? null : condition(where + ", stay", staySource, slots);
      if (enter != null) {
        reads.addAll(enter.reads());
        if (stay != null) {
          reads.addAll(stay.reads());
        }
        segments.add(
            new CompiledSegment(
                segment.getName(),
                NameId.of(segment.getName()),
                segment.getEnter(),
                enter,
                staySource,
                stay));
      }
    }
    if (problems.size() > problemsBefore || !isUnique("Segmentation", name, segmentationIds)) {
      return null;
    }
    Map<String, Integer> readSlots = new TreeMap<>();
    for (String path : reads) {
      readSlots.put(path, slots.slot(path).orElseThrow());
    }
    return new Segmentation(definition, segments, slots.traitsAmong(reads), readSlots);
  }

  private @Nullable Expression condition(String where, String source, Slots scope) {
    try {
      return Expression.condition(source, scope);
    } catch (InvalidExpressionException e) {
      problems.add(where + ": " + e.getMessage());
      return null;
    }
  }

  private boolean isUnique(String where, String name, Map<Integer, String> taken) {
    String other = taken.putIfAbsent(NameId.of(name), name);
    if (other == null) {
      return true;
    }
    problems.add(where + ": " + name + " clashes with " + other + "; give it another name");
    return false;
  }
}
