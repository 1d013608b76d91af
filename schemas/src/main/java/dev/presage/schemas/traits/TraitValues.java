package dev.presage.schemas.traits;

import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.Failure;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import dev.presage.schemas.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A trait definition as {@link TraitDocument} reads it, by keys: texts, numbers, booleans, lists
 * and maps. What has its default is left out.
 */
public final class TraitValues {
  private static final String EVERYBODY = "true";

  private TraitValues() {}

  /** The values of a definition. */
  public static Map<String, Object> of(TraitDefinition definition) {
    TraitDefinition standard =
        TraitDefinition.newBuilder()
            .setTrait("")
            .setTarget(new Target("", EVERYBODY))
            .setHorizonMillis(0)
            .build();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("trait", definition.getTrait());
    putUnless(standard.getEntityType(), "entityType", definition.getEntityType(), values);
    if (definition.getKind() != TraitKind.LIKELIHOOD) {
      values.put("kind", definition.getKind().name().toLowerCase(Locale.ROOT));
    }
    putUnless("", "description", definition.getDescription(), values);
    putUnless(EVERYBODY, "eligibility", definition.getEligibility(), values);
    putUnless(EVERYBODY, "category", definition.getCategory(), values);
    putUnless(List.of(), "done", pastEvents(definition.getDone()), values);
    putUnless(List.of(), "notDone", pastEvents(definition.getNotDone()), values);
    values.put("target", target(definition));
    Failure failure = definition.getFailure();
    if (failure != null) {
      values.put("failure", failure(failure));
    }
    Attribute attribute = definition.getAttribute();
    if (attribute == null) {
      values.put("horizon", duration(definition.getHorizonMillis()));
    } else {
      values.put(
          "attribute",
          Map.of("property", attribute.getProperty(), "trusted", attribute.getTrusted()));
    }
    putUnless(standard.getTolerance(), "tolerance", definition.getTolerance(), values);
    putUnless(standard.getExampleShare(), "exampleShare", definition.getExampleShare(), values);
    putUnless(standard.getReasons(), "reasons", definition.getReasons(), values);
    putUnless(false, "ranked", definition.getRanked(), values);
    putUnless("", "usageNote", definition.getUsageNote(), values);
    putUnless("", "callSite", definition.getCallSite(), values);
    putUnless(false, "paused", definition.getPaused(), values);
    return values;
  }

  private static Map<String, Object> target(TraitDefinition definition) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (definition.getFurther().isEmpty()) {
      values.putAll(event(definition.getTarget()));
    } else {
      List<Object> events = new ArrayList<>();
      events.add(event(definition.getTarget()));
      definition.getFurther().forEach(it -> events.add(event(it)));
      values.put(definition.getOrdered() ? "inOrder" : "all", events);
    }
    putUnless(false, "absent", definition.getAbsent(), values);
    if (definition.getSumOf() != null) {
      values.put("sum", definition.getSumOf());
    }
    return values;
  }

  private static Map<String, Object> event(Target event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("eventType", event.getEventType());
    putUnless(EVERYBODY, "condition", event.getCondition(), values);
    return values;
  }

  private static Map<String, Object> failure(Failure failure) {
    Map<String, Object> values = new LinkedHashMap<>();
    putUnless(
        List.of(),
        "events",
        failure.getEvents().stream().<Object>map(TraitValues::event).toList(),
        values);
    if (failure.getAfterMillis() != null) {
      values.put("after", duration(failure.getAfterMillis()));
    }
    return values;
  }

  private static List<Object> pastEvents(List<PastEvent> events) {
    return events.stream().<Object>map(TraitValues::pastEvent).toList();
  }

  private static Map<String, Object> pastEvent(PastEvent event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("eventType", event.getEventType());
    putUnless(EVERYBODY, "condition", event.getCondition(), values);
    if (event.getWithinMillis() != null) {
      values.put("within", duration(event.getWithinMillis()));
    }
    putUnless(1, "atLeast", event.getAtLeast(), values);
    return values;
  }

  private static String duration(long millis) {
    return Durations.text(Duration.ofMillis(millis));
  }

  private static void putUnless(
      Object standard, String key, Object value, Map<String, Object> values) {
    if (!value.equals(standard)) {
      values.put(key, value);
    }
  }
}
