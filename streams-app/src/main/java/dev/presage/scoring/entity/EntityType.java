package dev.presage.scoring.entity;

import dev.presage.schemas.topics.Topics;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is profiled, and how what belongs to it is called. Customers have the plain names, every
 * other entity type has its own name in them.
 *
 * @param name as declared features and definitions give it
 * @param keyProperty the property of an event that names the profile which it belongs to; null of
 *     customers, who are named by the IDs of the event
 */
public record EntityType(String name, @Nullable String keyProperty) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** Those whose IDs events carry. */
  public static final EntityType CUSTOMER = new EntityType("customer", null);

  /**
   * Checks name and property.
   *
   * @throws IllegalArgumentException when the name cannot be one, the property is blank, or there
   *     is a property for customers or none for others
   */
  public EntityType {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The entity type is named '"
              + name
              + "'; a name has lower-case letters, digits and _, begins with a letter and has at"
              + " most 64 characters");
    }
    if (name.equals("customer") != (keyProperty == null)) {
      throw new IllegalArgumentException(
          "Entity type "
              + name
              + " is keyed by "
              + (keyProperty == null ? "nothing" : keyProperty)
              + "; customers are keyed by the IDs of an event, every other type by a property");
    }
    if (keyProperty != null && keyProperty.isBlank()) {
      throw new IllegalArgumentException(
          "Entity type " + name + " is keyed by a property without a name");
    }
  }

  /** Whether it is keyed by the IDs of events, which can be linked and erased. */
  public boolean isCustomer() {
    return keyProperty == null;
  }

  /** A name in the topology, told apart from the same of other entity types. */
  public String named(String what) {
    return isCustomer() ? what : what + "-" + name;
  }

  /** Name of the profile store: key profile ID in UTF-8. */
  public String profileStore() {
    return named("profiles");
  }

  /** Name of the agenda store: timers of profiles, time and notes of a partition. */
  public String agendaStore() {
    return named("agenda");
  }

  /** The topic of what happens to its profiles. */
  public String profileLog(Topics topics) {
    return isCustomer() ? topics.profileLog() : topics.profileLog(name);
  }

  /**
   * The key of a trait's value on the compacted topic: {@code <id>/<trait>} of customers, {@code
   * <entity type>:<id>/<trait>} of others.
   */
  public String valueKey(String profileId, String trait) {
    return isCustomer() ? profileId + "/" + trait : name + ":" + profileId + "/" + trait;
  }
}
