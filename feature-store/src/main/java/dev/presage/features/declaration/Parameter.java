package dev.presage.features.declaration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What some aggregates must or can be told beside series and window. */
public enum Parameter {
  /** Another series. */
  OF(true, "the series that is counted below the line"),
  /** A duration. */
  GAP(true, "a session ends where the next event comes more than this duration later"),
  /** A duration. */
  HALF_LIFE(true, "the duration after which an event counts half"),
  /** A number from 1 to {@link #MAX_K}. */
  K(false, "which event, counted from the newest: 1 to " + Parameter.MAX_K);

  static final int MAX_K = 16;

  private final boolean required;
  private final String description;

  Parameter(boolean required, String description) {
    this.required = required;
    this.description = description;
  }

  /** Returns the key in declarations: {@code half_life}. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says whether an aggregate that takes it cannot do without. */
  public boolean isRequired() {
    return required;
  }

  /** Says in a line what it is. */
  public String description() {
    return description;
  }

  static List<String> yamlNames() {
    return Arrays.stream(values()).map(Parameter::yamlName).toList();
  }
}
