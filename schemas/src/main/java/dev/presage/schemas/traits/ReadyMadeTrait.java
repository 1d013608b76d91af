package dev.presage.schemas.traits;

import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.yaml.Amounts;
import dev.presage.schemas.yaml.YamlObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Traits that a document names instead of spelling them out. Each expands to a plain definition, so
 * that nothing but this knows of them.
 */
enum ReadyMadeTrait {
  PURCHASE("How likely a profile is to order."),
  REPURCHASE("How likely a profile that has ordered is to order again."),
  CHURN("How likely a profile that was active is to become inactive."),
  EVENT_AFTER_EVENT("How likely one event is to follow another.");

  private static final String ORDER = "order_completed";

  private final String description;

  ReadyMadeTrait(String description) {
    this.description = description;
  }

  /**
   * Reads the name that a document gives.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  static ReadyMadeTrait of(String name) {
    return Arrays.stream(values())
        .filter(it -> it.yamlName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no ready-made trait"));
  }

  /** The names of all. */
  static String names() {
    return Arrays.stream(values()).map(ReadyMadeTrait::yamlName).collect(Collectors.joining(", "));
  }

  /** The name in documents: {@code event-after-event}. */
  String yamlName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for people. */
  String description() {
    return description;
  }

  /** Whether it means nothing without parameters. */
  boolean needsParameters() {
    return this == EVENT_AFTER_EVENT;
  }

  /** Adds target and eligibility to a definition that has the rest. */
  void expand(@Nullable YamlObject parameters, TraitDefinition.Builder definition) {
    switch (this) {
      case PURCHASE -> definition.setTarget(event(parameters, ORDER));
      case REPURCHASE -> {
        Target order = event(parameters, ORDER);
        definition.setTarget(order);
        done(order, null, definition);
      }
      case CHURN -> {
        Target activity = event(parameters, ORDER);
        definition.setTarget(activity).setAbsent(true);
        done(activity, duration(parameters, "activeWithin", Duration.ofDays(365)), definition);
      }
      case EVENT_AFTER_EVENT -> {
        definition.setTarget(event(parameters, null));
        Target before =
            new Target(text(parameters, "after", null), text(parameters, "afterCondition", "true"));
        done(before, duration(parameters, "within", Duration.ofDays(1)), definition);
      }
    }
  }

  private static Target event(@Nullable YamlObject parameters, @Nullable String otherwise) {
    return new Target(text(parameters, "event", otherwise), text(parameters, "condition", "true"));
  }

  private static void done(
      Target event, @Nullable Duration within, TraitDefinition.Builder definition) {
    List<PastEvent> done = new ArrayList<>(definition.getDone());
    done.addFirst(
        new PastEvent(
            event.getEventType(),
            event.getCondition(),
            within == null ? null : within.toMillis(),
            1));
    definition.setDone(done);
  }

  /** A parameter; one without a default must be there. */
  private static String text(
      @Nullable YamlObject parameters, String key, @Nullable String otherwise) {
    if (parameters == null) {
      return otherwise == null ? "" : otherwise;
    }
    return otherwise == null
        ? parameters.text(key)
        : parameters.optionalText(key).orElse(otherwise);
  }

  private static Duration duration(
      @Nullable YamlObject parameters, String key, Duration otherwise) {
    return parameters == null ? otherwise : Amounts.duration(parameters, key, otherwise);
  }
}
