package dev.presage.features;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Attribute;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.yaml.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a trait is predicted for: one condition over features, of the definition's eligibility, its
 * category, what profiles must have done and must not have done, and, of an attribute, that their
 * own word cannot be trusted. The stream and the retrainer share it, so that both find the same.
 */
public final class Eligibility {
  private static final String EVERYBODY = "true";

  private Eligibility() {}

  /**
   * Compiles the condition.
   *
   * @param scope where features are found
   * @param past which features tell what was done
   * @param problems what is wrong is added here, a phrase each
   * @return null where something is wrong
   */
  public static @Nullable Expression compile(
      TraitDefinition definition, Scope scope, PastEvents past, List<String> problems) {
    int before = problems.size();
    List<String> parts = new ArrayList<>();
    Expression eligibility = condition("eligibility", definition.getEligibility(), scope, problems);
    add(eligibility, parts);
    add(condition("category", definition.getCategory(), scope, problems), parts);
    for (PastEvent event : definition.getDone()) {
      String done = done("done", event, past, problems);
      if (done != null) {
        parts.add("(" + done + ")");
      }
    }
    for (PastEvent event : definition.getNotDone()) {
      String done = done("notDone", event, past, problems);
      if (done != null) {
        parts.add("!(" + done + ")");
      }
    }
    Attribute attribute = definition.getAttribute();
    if (attribute != null) {
      Expression trusted = condition("trusted", attribute.getTrusted(), scope, problems);
      if (trusted != null) {
        parts.add("!(" + trusted + ")");
      }
    }
    if (problems.size() > before) {
      return null;
    }
    // What was written stays as it is where there is nothing else.
    return parts.isEmpty() || isAlone(definition)
        ? eligibility
        : condition("eligibility", String.join(" && ", parts), scope, problems);
  }

  private static boolean isAlone(TraitDefinition definition) {
    return definition.getCategory().equals(EVERYBODY)
        && definition.getAttribute() == null
        && definition.getDone().isEmpty()
        && definition.getNotDone().isEmpty();
  }

  private static void add(@Nullable Expression condition, List<String> parts) {
    if (condition != null && !condition.canonical().equals(EVERYBODY)) {
      parts.add("(" + condition + ")");
    }
  }

  private static @Nullable Expression condition(
      String key, String cel, Scope scope, List<String> problems) {
    try {
      return Expression.condition(cel, scope);
    } catch (InvalidExpressionException e) {
      problems.add(key + ": " + e.getMessage());
      return null;
    }
  }

  private static @Nullable String done(
      String key, PastEvent event, PastEvents past, List<String> problems) {
    Long within = event.getWithinMillis();
    if (event.getAtLeast() < 1 || (within != null && within < 1)) {
      problems.add(
          "%s: atLeast is %d and withinMillis %s; expected both to be at least 1"
              .formatted(key, event.getAtLeast(), within));
      return null;
    }
    try {
      String known = past.condition(event).orElse(null);
      if (known == null) {
        problems.add(unknown(key, event));
      }
      return known;
    } catch (InvalidExpressionException e) {
      problems.add(key + ": the condition of " + event.getEventType() + ": " + e.getMessage());
      return null;
    }
  }

  private static String unknown(String key, PastEvent event) {
    Long within = event.getWithinMillis();
    String window = within == null ? "lifetime" : Durations.text(Duration.ofMillis(within));
    String where = event.getCondition().equals(EVERYBODY) ? "" : " where " + event.getCondition();
    return "%s: no declared feature tells whether %s%s happened at least %d times %s; declare a feature {aggregate: count, window: %s} over a series of it"
        .formatted(
            key,
            event.getEventType(),
            where,
            event.getAtLeast(),
            within == null ? "ever" : "in the last " + window,
            window);
  }
}
