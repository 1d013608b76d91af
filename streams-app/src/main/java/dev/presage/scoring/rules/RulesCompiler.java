package dev.presage.scoring.rules;

import dev.presage.features.FeatureSchema;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.model.LiveModelSet;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.rules.Segmentation.CompiledSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles definitions; those that are wrong are left out and named with every problem. */
final class RulesCompiler {
  /** Names are parts of keys and paths, so they are plain. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private static final int MOST_REASONS = 100;

  private final EntityType entityType;
  private final FeatureSchema schema;
  private final List<String> problems = new ArrayList<>();

  private RulesCompiler(EntityType entityType, FeatureSchema schema) {
    this.entityType = entityType;
    this.schema = schema;
  }

  /** Compiles definitions, by the keys of their records, against the live models. */
  static ScoringRules compile(
      EntityType entityType,
      FeatureSchema schema,
      Map<String, TraitDefinition> traits,
      Map<String, SegmentDefinition> segmentations,
      LiveModelSet models) {
    RulesCompiler compiler = new RulesCompiler(entityType, schema);
    List<SoundTrait> sound = compiler.traits(traits);
    Slots slots =
        new Slots(schema.names(), sound.stream().map(it -> it.definition().getTrait()).toList());
    List<ActiveTrait> active = new ArrayList<>();
    for (SoundTrait trait : sound) {
      String name = trait.definition().getTrait();
      active.add(
          new ActiveTrait(
              trait.definition(),
              slots.trait(name),
              trait.eligibility(),
              TraitModels.of(name, models, trait.definition().getReasons())));
    }
    return ScoringRules.of(
        schema,
        slots.count(),
        active,
        compiler.segmentations(segmentations, slots),
        compiler.problems);
  }

  /** A definition in which nothing is wrong. */
  private record SoundTrait(TraitDefinition definition, Expression eligibility) {}

  private List<SoundTrait> traits(Map<String, TraitDefinition> definitions) {
    Slots features = new Slots(schema.names(), Set.of());
    Map<Integer, String> ids = new HashMap<>();
    List<SoundTrait> sound = new ArrayList<>();
    definitions.forEach(
        (key, definition) -> {
          int before = problems.size();
          String where = "Trait " + key;
          checkName(where, key, definition.getTrait(), ids);
          checkEntityType(where, definition.getEntityType());
          checkNumbers(where, definition);
          Expression eligibility =
              condition(where + ", eligibility", definition.getEligibility(), features);
          if (eligibility != null && problems.size() == before) {
            sound.add(new SoundTrait(definition, eligibility));
          }
        });
    return sound;
  }

  private void checkNumbers(String where, TraitDefinition definition) {
    if (!(definition.getTolerance() >= 0)) {
      problems.add(where + ": tolerance is " + definition.getTolerance() + "; expected 0 or more");
    }
    if (!(definition.getExampleShare() >= 0 && definition.getExampleShare() <= 1)) {
      problems.add(
          where + ": exampleShare is " + definition.getExampleShare() + "; expected 0 to 1");
    }
    if (definition.getReasons() < 0 || definition.getReasons() > MOST_REASONS) {
      problems.add(
          "%s: reasons is %d; expected 0 to %d"
              .formatted(where, definition.getReasons(), MOST_REASONS));
    }
    if (definition.getHorizonMillis() <= 0) {
      problems.add(
          where + ": horizonMillis is " + definition.getHorizonMillis() + "; expected more than 0");
    }
  }

  private List<Segmentation> segmentations(
      Map<String, SegmentDefinition> definitions, Slots slots) {
    Map<Integer, String> ids = new HashMap<>();
    List<Segmentation> sound = new ArrayList<>();
    definitions.forEach(
        (key, definition) -> {
          int before = problems.size();
          String where = "Segmentation " + key;
          checkName(where, key, definition.getSegmentation(), ids);
          checkEntityType(where, definition.getEntityType());
          List<CompiledSegment> segments = segments(where, definition, slots);
          if (problems.size() == before) {
            sound.add(segmentation(definition, segments, slots));
          }
        });
    return sound;
  }

  private List<CompiledSegment> segments(String where, SegmentDefinition definition, Slots slots) {
    if (definition.getSegments().isEmpty()) {
      problems.add(where + " has no segments; it needs at least one");
    }
    Map<Integer, String> ids = new HashMap<>();
    List<CompiledSegment> segments = new ArrayList<>();
    for (Segment segment : definition.getSegments()) {
      String name = segment.getName();
      String whereSegment = where + ", segment " + name;
      checkUnique(whereSegment, name, ids);
      Expression enter = condition(whereSegment + ", enter", segment.getEnter(), slots);
      String staySource = segment.getStay();
      Expression stay =
          staySource == null ? null : condition(whereSegment + ", stay", staySource, slots);
      if (enter != null) {
        segments.add(new CompiledSegment(name, NameId.of(name), enter, stay));
      }
    }
    return segments;
  }

  private static Segmentation segmentation(
      SegmentDefinition definition, List<CompiledSegment> segments, Slots slots) {
    Map<String, Integer> reads = new TreeMap<>();
    for (CompiledSegment segment : segments) {
      for (String path : segment.reads()) {
        reads.put(path, slots.slot(path).orElseThrow());
      }
    }
    return new Segmentation(definition, segments, slots.traitsAmong(reads.keySet()), reads);
  }

  private @Nullable Expression condition(String where, String source, Slots scope) {
    try {
      return Expression.condition(source, scope);
    } catch (InvalidExpressionException e) {
      problems.add(where + ": " + e.getMessage());
      return null;
    }
  }

  private void checkName(String where, String key, String name, Map<Integer, String> taken) {
    if (!key.equals(name)) {
      problems.add(
          where + ": the record's key is not the name '" + name + "' in it; publish it under that");
    } else if (!NAME.matcher(name).matches()) {
      problems.add(
          where
              + ": a name has lower-case letters, digits, dots, hyphens and underscores, at most 100");
    } else {
      checkUnique(where, name, taken);
    }
  }

  private void checkEntityType(String where, String defined) {
    if (!defined.equals(entityType.name())) {
      problems.add(
          "%s: entityType is '%s', which is not profiled here; correct it, or set presage.entities.%s.key-property and .features.file"
              .formatted(where, defined, defined));
    }
  }

  private void checkUnique(String where, String name, Map<Integer, String> taken) {
    String other = taken.putIfAbsent(NameId.of(name), name);
    if (other != null) {
      problems.add(where + ": " + name + " clashes with " + other + "; give it another name");
    }
  }
}
