package dev.presage.retrain.traits;

import dev.presage.features.expression.EventCondition;
import dev.presage.schemas.avro.Event;

/** Events of a type, or of any, whose properties hold a condition. */
record EventPattern(String type, EventCondition condition) {
  private static final String ANY_TYPE = "*";

  boolean matches(Event event) {
    return isOfType(event) && condition.test(event);
  }

  boolean isOfType(Event event) {
    return type.equals(ANY_TYPE) || type.equals(event.getType());
  }
}
