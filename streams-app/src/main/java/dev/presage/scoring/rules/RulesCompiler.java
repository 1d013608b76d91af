package dev.presage.scoring.rules;

import dev.presage.features.Eligibility;
import dev.presage.features.FeatureSchema;
import dev.presage.features.PastEvents;
import dev.presage.features.expression.EventCondition;
import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.model.LiveModelSet;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.trigger.TriggerCompiler;
import dev.presage.scoring.trigger.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles definitions; what is wrong with one is named with every problem. */
final class RulesCompiler {
  /** Names are parts of keys and paths, so they are plain. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  private static final String NAME_RULE =
      "lower-case letters, digits, dots, hyphens and underscores, at most 100, and begins with a"
          + " letter or digit";
  private static final String EVERYBODY = "true";
  private static final int MOST_REASONS = 100;
  private static final int MOST_SEGMENTS = 100;
  private static final long LONGEST_DWELL_MILLIS = Duration.ofDays(36_500).toMillis();

  private final Map<Integer, String> traitIds = new HashMap<>();
  private final Map<Integer, String> segmentationIds = new HashMap<>();
  private final EntityType entityType;
  private final Slots features;
  private final PastEvents past;

  private RulesCompiler(EntityType entityType, FeatureSchema schema, PastEvents past) {
    this.entityType = entityType;
    this.past = past;
    this.features = new Slots(schema.names(), Set.of());
  }

  /**
   * Compiles definitions, by the keys of their records, against the live models.
   *
   * @param past by which features it is known what profiles have done
   * @param recipients where rules over customers find their values; null for customers' own rules
   */
  static ScoringRules compile(
      EntityType entityType,
      FeatureSchema schema,
      PastEvents past,
      KeptDefinitions<TraitDefinition> traits,
      KeptDefinitions<SegmentDefinition> segmentations,
      KeptDefinitions<TriggerDefinition> triggers,
      LiveModelSet models,
      @Nullable Scope recipients) {
    RulesCompiler compiler = new RulesCompiler(entityType, schema, past);
    List<SoundTrait> sound = traits.compile(compiler::trait);
    Slots slots =
        new Slots(schema.names(), sound.stream().map(it -> it.definition().getTrait()).toList());
    List<ActiveTrait> active = new ArrayList<>();
    for (SoundTrait trait : sound) {
      String name = trait.definition().getTrait();
      active.add(
          new ActiveTrait(
              trait.definition(),
              slots.trait(name),
              slots.percentile(name),
              trait.eligibility(),
              trait.target(),
              TraitModels.of(name, models, trait.definition().getReasons())));
    }
    List<Segmentation> compiled =
        segmentations.compile(
            (key, definition, problems) -> compiler.segmentation(key, definition, slots, problems));
    TriggerCompiler triggerCompiler =
        new TriggerCompiler(
            entityType.name(),
            slots,
            compiled.stream().map(Segmentation::names).toList(),
            recipients);
    Triggers compiledTriggers = Triggers.of(triggers.compile(triggerCompiler::compile));
    List<String> problems = new ArrayList<>(traits.problems());
    problems.addAll(segmentations.problems());
    problems.addAll(triggers.problems());
    return ScoringRules.of(schema, slots, active, compiled, compiledTriggers, problems);
  }

  /** A definition in which nothing is wrong. */
  private record SoundTrait(
      TraitDefinition definition, Expression eligibility, EventCondition target) {}

  private @Nullable SoundTrait trait(
      String key, TraitDefinition definition, List<String> problems) {
    checkName(key, definition.getTrait(), traitIds, problems);
    checkEntityType(definition.getEntityType(), problems);
    checkNumbers(definition, problems);
    Expression eligibility = Eligibility.compile(definition, features, past, problems);
    EventCondition target = target(definition.getTarget().getCondition(), problems);
    if (eligibility == null || target == null || !problems.isEmpty()) {
      return null;
    }
    traitIds.put(NameId.of(key), key);
    return new SoundTrait(definition, eligibility, target);
  }

  private static void checkNumbers(TraitDefinition definition, List<String> problems) {
    if (!(definition.getTolerance() >= 0)) {
      problems.add("tolerance is " + definition.getTolerance() + "; expected 0 or more");
    }
    if (!(definition.getExampleShare() >= 0 && definition.getExampleShare() <= 1)) {
      problems.add("exampleShare is " + definition.getExampleShare() + "; expected 0 to 1");
    }
    if (definition.getReasons() < 0 || definition.getReasons() > MOST_REASONS) {
      problems.add(
          "reasons is %d; expected 0 to %d".formatted(definition.getReasons(), MOST_REASONS));
    }
    if (definition.getHorizonMillis() <= 0 && definition.getAttribute() == null) {
      problems.add("horizonMillis is " + definition.getHorizonMillis() + "; expected more than 0");
    }
  }

  private @Nullable Segmentation segmentation(
      String key, SegmentDefinition definition, Slots slots, List<String> problems) {
    checkName(key, definition.getSegmentation(), segmentationIds, problems);
    checkEntityType(definition.getEntityType(), problems);
    long dwell = definition.getMinDwellMillis();
    if (dwell < 0 || dwell > LONGEST_DWELL_MILLIS) {
      problems.add(
          "minDwellMillis is %d; expected 0 to %d, which is 36500 days"
              .formatted(dwell, LONGEST_DWELL_MILLIS));
    }
    List<CompiledSegment> segments = segments(definition, slots, problems);
    if (!problems.isEmpty()) {
      return null;
    }
    segmentationIds.put(NameId.of(key), key);
    return new Segmentation(definition, segments, slots);
  }

  private static List<CompiledSegment> segments(
      SegmentDefinition definition, Slots slots, List<String> problems) {
    List<Segment> defined = definition.getSegments();
    if (defined.isEmpty() || defined.size() > MOST_SEGMENTS) {
      problems.add("it has %d segments; expected 1 to %d".formatted(defined.size(), MOST_SEGMENTS));
      return List.of();
    }
    Map<Integer, String> ids = new HashMap<>();
    List<CompiledSegment> segments = new ArrayList<>();
    for (int i = 0; i < defined.size(); i++) {
      Segment segment = defined.get(i);
      String name = segment.getName();
      String where = "segment " + name;
      if (!NAME.matcher(name).matches()) {
        problems.add("a segment is named '" + name + "'; a name has " + NAME_RULE);
      }
      checkUnique(where + ": ", name, ids, problems);
      ids.putIfAbsent(NameId.of(name), name);
      Expression enter = condition(where + ", enter", segment.getEnter(), slots, problems);
      String staySource = segment.getStay();
      Expression stay =
          staySource == null ? null : condition(where + ", stay", staySource, slots, problems);
      if (enter != null) {
        segments.add(new CompiledSegment(name, enter, stay));
        checkLast(where, i == defined.size() - 1, enter, problems);
      }
    }
    return segments;
  }

  private static void checkLast(
      String where, boolean last, Expression enter, List<String> problems) {
    if (last && !enter.canonical().equals(EVERYBODY)) {
      problems.add(
          "%s, enter is '%s'; expected '%s', as the last segment takes everybody who is left"
              .formatted(where, enter, EVERYBODY));
    }
  }

  private static @Nullable Expression condition(
      String where, String source, Slots scope, List<String> problems) {
    try {
      return Expression.condition(source, scope);
    } catch (InvalidExpressionException e) {
      problems.add(where + ": " + e.getMessage());
      return null;
    }
  }

  private static @Nullable EventCondition target(String source, List<String> problems) {
    try {
      return EventCondition.compile(source);
    } catch (InvalidExpressionException e) {
      problems.add("target: " + e.getMessage());
      return null;
    }
  }

  private static void checkName(
      String key, String name, Map<Integer, String> taken, List<String> problems) {
    if (!key.equals(name)) {
      problems.add("the record's key is not the name '" + name + "' in it; publish it under that");
    } else if (!NAME.matcher(name).matches()) {
      problems.add("a name has " + NAME_RULE);
    } else {
      checkUnique("", name, taken, problems);
    }
  }

  private void checkEntityType(String defined, List<String> problems) {
    if (!defined.equals(entityType.name())) {
      problems.add(
          "entityType is '%s', which is not profiled here; correct it, or set presage.entities.%s.key-property and .features.file"
              .formatted(defined, defined));
    }
  }

  private static void checkUnique(
      String where, String name, Map<Integer, String> taken, List<String> problems) {
    String other = taken.get(NameId.of(name));
    if (other != null) {
      problems.add(where + name + " clashes with " + other + "; give it another name");
    }
  }
}
