package dev.presage.schemas.traits;

import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import dev.presage.schemas.yaml.Amounts;
import dev.presage.schemas.yaml.Durations;
import dev.presage.schemas.yaml.YamlObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads trait definitions from documents such as {@code local-stack/demo/traits.yaml}. What is
 * short in a document is written out here: ready-made traits, and several horizons, which make a
 * trait each. Expressions, and whether features are there, are checked by who knows the features.
 */
public final class TraitDocument {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String READY_MADE = "readyMade";
  private static final double DEFAULT_TOLERANCE = 0.01;
  private static final double DEFAULT_EXAMPLE_SHARE = 0.1;
  private static final int MOST_REASONS = 100;
  private static final int MOST_TIMES = 1_000;

  private TraitDocument() {}

  /** Reads the definitions of a document with the key {@code traits}, a list. */
  public static List<TraitDefinition> definitions(YamlObject root) {
    List<TraitDefinition> definitions = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlObject trait : root.objects("traits")) {
      for (TraitDefinition definition : definition(trait)) {
        String name = definition.getTrait();
        if (!name.isEmpty() && !names.add(name)) {
          trait.problem("trait", "is there twice: '" + name + "'");
        }
        definitions.add(definition);
      }
    }
    return definitions;
  }

  /** Reads a document that is one definition, or has several under {@code traits}. */
  public static List<TraitDefinition> oneOrMore(YamlObject root) {
    return root.has("traits") ? definitions(root) : definition(root);
  }

  /** Reads a definition; several, where it has several horizons. */
  public static List<TraitDefinition> definition(YamlObject trait) {
    String name = name(trait);
    TraitDefinition.Builder template = template(trait, name);
    if (template.getAttribute() != null) {
      for (String key : List.of("horizon", "horizons", READY_MADE)) {
        if (trait.has(key)) {
          trait.problem(key, "stands beside attribute, which has none");
        }
      }
      return List.of(template.setHorizonMillis(0).build());
    }
    if (!trait.has("horizons")) {
      return List.of(
          template.setHorizonMillis(Amounts.duration(trait, "horizon").toMillis()).build());
    }
    if (trait.has("horizon")) {
      trait.problem("horizons", "stands beside horizon; expected one of the two");
    }
    List<TraitDefinition> ofHorizons = new ArrayList<>();
    for (String text : horizons(trait)) {
      ofHorizons.add(
          template
              .setTrait(name + "-" + text)
              .setHorizonMillis(Durations.parse(text).toMillis())
              .build());
    }
    return ofHorizons;
  }

  private static List<String> horizons(YamlObject trait) {
    List<String> texts = trait.texts("horizons");
    if (texts.isEmpty()) {
      trait.problem("horizons", "is empty; expected times such as [30d, 90d]");
    }
    List<String> sound = new ArrayList<>();
    for (String text : texts) {
      try {
        Durations.parse(text);
        sound.add(text);
      } catch (IllegalArgumentException e) {
        trait.problem("horizons", "has '" + text + "'; expected " + Durations.EXPECTED);
      }
    }
    return sound;
  }

  private static TraitDefinition.Builder template(YamlObject trait, String name) {
    Optional<ReadyMadeTrait> readyMade = readyMade(trait);
    TraitKind kind =
        trait.parsed(
            "kind",
            TraitKind.LIKELIHOOD,
            text -> TraitKind.valueOf(text.toUpperCase(Locale.ROOT)),
            "likelihood, value or class");
    TraitDefinition.Builder definition =
        TraitDefinition.newBuilder()
            .setTrait(name)
            .setEntityType(trait.optionalText("entityType").orElse("customer"))
            .setKind(kind)
            .setDescription(
                trait
                    .optionalText("description")
                    .orElseGet(() -> readyMade.map(ReadyMadeTrait::description).orElse("")))
            .setEligibility(trait.optionalText("eligibility").orElse("true"))
            .setCategory(trait.optionalText("category").orElse("true"))
            .setDone(pastEvents(trait, "done"))
            .setNotDone(pastEvents(trait, "notDone"))
            .setAttribute(
                trait.optionalObject("attribute").map(TraitDocument::attribute).orElse(null))
            .setFailure(trait.optionalObject("failure").map(TraitDocument::failure).orElse(null))
            .setTolerance(Amounts.number(trait, "tolerance", DEFAULT_TOLERANCE, Double.MAX_VALUE))
            .setExampleShare(Amounts.number(trait, "exampleShare", DEFAULT_EXAMPLE_SHARE, 1))
            .setReasons(whole(trait, "reasons", 0, 0, MOST_REASONS))
            .setRanked(trait.flag("ranked", false))
            .setUsageNote(trait.optionalText("usageNote").orElse(""))
            .setCallSite(trait.optionalText("callSite").orElse(""))
            .setPaused(trait.flag("paused", false));
    if (trait.has(READY_MADE)) {
      expand(trait, readyMade, kind, definition);
    } else {
      if (trait.has("parameters")) {
        trait.problem("parameters", "are those of a readyMade trait; here is none");
      }
      target(trait.object("target"), kind, definition);
    }
    return definition;
  }

  private static Optional<ReadyMadeTrait> readyMade(YamlObject trait) {
    return trait.parsed(
        READY_MADE,
        Optional.empty(),
        text -> Optional.of(ReadyMadeTrait.of(text)),
        "one of " + ReadyMadeTrait.names());
  }

  private static void expand(
      YamlObject trait,
      Optional<ReadyMadeTrait> readyMade,
      TraitKind kind,
      TraitDefinition.Builder definition) {
    definition.setTarget(new Target("", "true"));
    if (trait.has("target")) {
      trait.problem("target", "stands beside readyMade; expected one of the two");
    }
    if (kind != TraitKind.LIKELIHOOD) {
      trait.problem("kind", "is not that of a readyMade trait, which is a likelihood");
    }
    boolean needsParameters = readyMade.map(ReadyMadeTrait::needsParameters).orElse(false);
    YamlObject parameters =
        needsParameters || trait.has("parameters") ? trait.object("parameters") : null;
    readyMade.ifPresent(it -> it.expand(parameters, definition));
  }

  private static void target(
      YamlObject target, TraitKind kind, TraitDefinition.Builder definition) {
    List<String> forms = Stream.of("eventType", "all", "inOrder").filter(target::has).toList();
    if (forms.size() > 1) {
      target.problem(
          forms.getLast(), "stands beside " + forms.getFirst() + "; expected one of the two");
    }
    String form = forms.isEmpty() ? "eventType" : forms.getLast();
    List<Target> events =
        form.equals("eventType")
            ? List.of(event(target))
            : target.objects(form).stream().map(TraitDocument::event).toList();
    definition.setTarget(events.isEmpty() ? new Target("", "true") : events.getFirst());
    definition.setFurther(events.isEmpty() ? List.of() : events.subList(1, events.size()));
    definition.setOrdered(form.equals("inOrder"));
    definition.setAbsent(target.flag("absent", false));
    definition.setSumOf(sumOf(target, kind));
  }

  private static @Nullable String sumOf(YamlObject target, TraitKind kind) {
    Optional<String> sum = target.optionalText("sum");
    if (sum.isPresent() && kind != TraitKind.VALUE) {
      target.problem("sum", "makes a value; write kind: value");
    }
    return sum.orElse(null);
  }

  private static Target event(YamlObject event) {
    return new Target(event.text("eventType"), event.optionalText("condition").orElse("true"));
  }

  private static Attribute attribute(YamlObject attribute) {
    return new Attribute(attribute.text("property"), attribute.text("trusted"));
  }

  private static Failure failure(YamlObject failure) {
    Duration after = Amounts.duration(failure, "after", Duration.ZERO);
    return new Failure(
        failure.optionalObjects("events").stream().map(TraitDocument::event).toList(),
        after.isZero() ? null : after.toMillis());
  }

  private static List<PastEvent> pastEvents(YamlObject trait, String key) {
    return trait.optionalObjects(key).stream().map(TraitDocument::pastEvent).toList();
  }

  private static PastEvent pastEvent(YamlObject event) {
    Duration within = Amounts.duration(event, "within", Duration.ZERO);
    return new PastEvent(
        event.text("eventType"),
        event.optionalText("condition").orElse("true"),
        within.isZero() ? null : within.toMillis(),
        whole(event, "atLeast", 1, 1, MOST_TIMES));
  }

  private static String name(YamlObject trait) {
    String name = trait.text("trait");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      trait.problem("trait", "is '" + name + "'; expected lower-case letters, digits and hyphens");
    }
    return name;
  }

  private static int whole(YamlObject object, String key, int otherwise, int least, int most) {
    return object.parsed(
        key,
        otherwise,
        text -> {
          int value = Integer.parseInt(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        "a whole number from %d to %d".formatted(least, most));
  }
}
