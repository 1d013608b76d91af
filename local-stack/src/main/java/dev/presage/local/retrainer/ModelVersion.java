package dev.presage.local.retrainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A version of a trait's model as the retrainer knows it.
 *
 * @param trait what it predicts
 * @param version unique for its trait
 * @param stage SHADOW, CANARY, LIVE or RETIRED, as it was last published
 * @param canaryShare the share of canonical IDs that it scores while it is a CANARY
 * @param scores whether it is the one that scores its trait
 * @param kind what sort of predictor it is
 * @param payloadBytes length of its payload
 * @param createdAt when it was made
 * @param approvedBy who let it go live; can be empty
 * @param metrics figures of its evaluation by name
 * @param instances what each instance decided last on any version of the trait
 * @param json all that the retrainer answered
 */
public record ModelVersion(
    String trait,
    String version,
    String stage,
    double canaryShare,
    boolean scores,
    String kind,
    long payloadBytes,
    String createdAt,
    String approvedBy,
    Map<String, Double> metrics,
    List<Decision> instances,
    JsonNode json) {

  /**
   * What an instance of the streams application decided.
   *
   * @param instance which one
   * @param version the version that it decided on
   * @param outcome REJECTED, SHADOW, CANARY, LIVE or RETIRED
   * @param reason code and words of a refusal; empty where there was none
   * @param liveVersion the version with which it scores since
   * @param decidedAt when
   */
  public record Decision(
      String instance,
      String version,
      String outcome,
      String reason,
      Optional<String> liveVersion,
      String decidedAt) {
    static Decision of(JsonNode node) {
      String code = node.path("code").asText("");
      String reason = node.path("reason").asText("");
      return new Decision(
          node.path("instance").asText(),
          node.path("version").asText(),
          node.path("outcome").asText(),
          node.path("code").isNull() ? "" : code + ": " + reason,
          Optional.ofNullable(node.path("liveVersion").textValue()),
          node.path("decidedAt").asText());
    }

    /** Whether the version was refused. */
    public boolean isRefusal() {
      return outcome.equals("REJECTED");
    }
  }

  static ModelVersion of(JsonNode node) {
    Map<String, Double> metrics = new TreeMap<>();
    node.path("metrics")
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
    List<Decision> instances = new ArrayList<>();
    node.path("instances").forEach(it -> instances.add(Decision.of(it)));
    return new ModelVersion(
        node.path("trait").asText(),
        node.path("version").asText(),
        node.path("stage").asText(),
        node.path("canaryShare").asDouble(),
        node.path("scores").asBoolean(),
        node.path("kind").asText(),
        node.path("payloadBytes").asLong(),
        node.path("lineage").path("createdAt").asText(),
        node.path("approvedBy").textValue() == null ? "" : node.path("approvedBy").textValue(),
        metrics,
        List.copyOf(instances),
        node);
  }

  /** On how many instances it is the one that scores. */
  public long scoringInstances() {
    return instances.stream()
        .filter(it -> it.liveVersion().filter(version::equals).isPresent())
        .count();
  }
}
