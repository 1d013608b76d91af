package dev.presage.schemas.topics;

import java.util.regex.Pattern;

/**
 * Names of the topics.
 *
 * @param prefix put before every name, for several installations on one broker; empty by default
 */
public record Topics(String prefix) {
  private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");

  public Topics {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "The topic prefix is '"
              + prefix
              + "'; expected at most 100 letters, digits, dots, hyphens and underscores");
    }
  }

  /** The names without a prefix. */
  public static Topics unprefixed() {
    return new Topics("");
  }

  public String events() {
    return prefix + "events";
  }

  public String identityLinks() {
    return prefix + "identity-links";
  }

  public String traitDefinitions() {
    return prefix + "trait-definitions";
  }

  public String segmentDefinitions() {
    return prefix + "segment-definitions";
  }

  public String definitionStatus() {
    return prefix + "definition-status";
  }

  public String triggerDefinitions() {
    return prefix + "trigger-definitions";
  }

  public String models() {
    return prefix + "models";
  }

  public String modelStatus() {
    return prefix + "model-status";
  }

  public String trainingRuns() {
    return prefix + "training-runs";
  }

  public String traitUpdates() {
    return prefix + "trait-updates";
  }

  public String traitValues() {
    return prefix + "trait-values";
  }

  public String segmentChanges() {
    return prefix + "segment-changes";
  }

  public String triggerCalls() {
    return prefix + "trigger-calls";
  }

  public String triggerCandidates() {
    return prefix + "trigger-candidates";
  }

  public String triggers() {
    return prefix + "triggers";
  }

  public String heldTriggers() {
    return prefix + "held-triggers";
  }

  public String profileLog() {
    return prefix + "profile-log";
  }

  /** The profile log of an entity type other than customers. */
  public String profileLog(String entityType) {
    return profileLog() + "-" + entityType;
  }

  public String trainingExamples() {
    return prefix + "training-examples";
  }

  public String privacyCommands() {
    return prefix + "privacy-commands";
  }

  public String privacyReceipts() {
    return prefix + "privacy-receipts";
  }

  public String population() {
    return prefix + "population";
  }

  public String deadLetters() {
    return prefix + "dead-letters";
  }
}
