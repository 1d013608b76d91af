package dev.presage.local.definitions;

import dev.presage.schemas.avro.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Segmentations that a file names instead of spelling them out. Each expands to plain segments with
 * rules in CEL, so that nothing but this knows of them.
 */
enum ReadyMade {
  VALUE("Lifetime value: high, medium or low."),
  LIFECYCLE("Where customers stand: ordered once or again, and how long ago."),
  PRICE_BEHAVIOUR("Whether customers buy at full price or at a discount."),
  NOVELTY("Whether customers buy what is new, or follow.");

  private static final String EVERYBODY = "true";
  private static final String PERCENTILES = "percentiles[";

  private final String description;

  ReadyMade(String description) {
    this.description = description;
  }

  /**
   * Reads the name that a file gives.
   *
   * @throws IllegalArgumentException where there is none of that name
   */
  static ReadyMade of(String name) {
    return Arrays.stream(values())
        .filter(it -> it.yamlName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no ready-made segmentation"));
  }

  /** The names of all. */
  static String names() {
    return Arrays.stream(values()).map(ReadyMade::yamlName).collect(Collectors.joining(", "));
  }

  /** The name in files: {@code price-behaviour}. */
  String yamlName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One sentence for people. */
  String description() {
    return description;
  }

  /** The segments with their rules. */
  List<Segment> segments(Parameters parameters) {
    return switch (this) {
      case VALUE -> value(parameters);
      case LIFECYCLE -> lifecycle(parameters);
      case PRICE_BEHAVIOUR -> priceBehaviour(parameters);
      case NOVELTY -> novelty(parameters);
    };
  }

  private static List<Segment> value(Parameters parameters) {
    String value = parameters.read("value", "percentiles[\"lifetime-value\"]");
    BigDecimal high;
    BigDecimal medium;
    if (value.startsWith(PERCENTILES)) {
      high = parameters.percentile("high", "80");
      medium = parameters.percentile("medium", "50");
    } else {
      // No default: what a valuable customer spends is not the same in any two shops.
      high = requiredAmount(parameters, "high", value);
      medium = requiredAmount(parameters, "medium", value);
    }
    if (value.startsWith(PERCENTILES) || (parameters.has("high") && parameters.has("medium"))) {
      parameters.requireLess("medium", medium, "high", high);
    }
    BigDecimal margin = parameters.share("margin", "0.1");
    requireMarginBelow(BigDecimal.ONE, parameters, margin);
    BigDecimal kept = BigDecimal.ONE.subtract(margin);
    String reachesHigh = atLeast(value, high);
    return List.of(
        new Segment("high", reachesHigh, atLeast(value, high.multiply(kept))),
        new Segment(
            "medium",
            atLeast(value, medium),
            atLeast(value, medium.multiply(kept)) + " && " + below(value, high)),
        new Segment("low", EVERYBODY, null));
  }

  private static BigDecimal requiredAmount(Parameters parameters, String key, String value) {
    if (!parameters.has(key)) {
      parameters.problem(
          key,
          "is missing: an amount of %s has no default; give one, or leave out value to go by rank"
              .formatted(value));
    }
    return parameters.amount(key, "0");
  }

  private static List<Segment> lifecycle(Parameters parameters) {
    String orders = parameters.read("orders", "orders_lifetime");
    String days = parameters.read("daysSinceLast", "days_since_last_order");
    BigDecimal onceAtRisk = parameters.days("oneTimeAtRiskAfter", "30d");
    BigDecimal onceLost = parameters.days("oneTimeLostAfter", "90d");
    BigDecimal breakingAway = parameters.days("repeatBreakingAwayAfter", "30d");
    BigDecimal atRisk = parameters.days("repeatAtRiskAfter", "60d");
    BigDecimal lost = parameters.days("repeatLostAfter", "90d");
    parameters.requireSooner("oneTimeAtRiskAfter", onceAtRisk, "oneTimeLostAfter", onceLost);
    parameters.requireSooner("repeatBreakingAwayAfter", breakingAway, "repeatAtRiskAfter", atRisk);
    parameters.requireSooner("repeatAtRiskAfter", atRisk, "repeatLostAfter", lost);
    String again = orders + " >= 2 && ";
    List<Segment> segments = new ArrayList<>();
    segments.add(entered("repeat-lost", again + atLeast(days, lost)));
    segments.add(entered("repeat-at-risk", again + atLeast(days, atRisk)));
    segments.add(entered("repeat-breaking-away", again + atLeast(days, breakingAway)));
    segments.add(entered("repeat-loyal", again + "has(" + days + ")"));
    segments.add(entered("one-time-lost", atLeast(days, onceLost)));
    segments.add(entered("one-time-at-risk", atLeast(days, onceAtRisk)));
    segments.add(entered("one-time-potential-repeat", "has(" + days + ")"));
    segments.add(entered("prospect", EVERYBODY));
    return segments;
  }

  private static List<Segment> priceBehaviour(Parameters parameters) {
    String discounted = parameters.read("discountedShare", "discounted_share");
    BigDecimal from = parameters.share("valueFrom", "0.5");
    BigDecimal margin = parameters.share("margin", "0.1");
    requireMarginBelow(from, parameters, margin);
    return List.of(
        new Segment("value", atLeast(discounted, from), atLeast(discounted, from.subtract(margin))),
        entered("full-price", "has(" + discounted + ")"),
        entered("unknown", EVERYBODY));
  }

  private static List<Segment> novelty(Parameters parameters) {
    String days = parameters.read("daysAfterRelease", "days_after_release");
    BigDecimal within = parameters.days("trendSetterWithin", "14d");
    BigDecimal margin = parameters.amount("margin", "0.1");
    return List.of(
        new Segment(
            "trend-setter",
            atMost(days, within),
            atMost(days, within.multiply(BigDecimal.ONE.add(margin)))),
        entered("follower", "has(" + days + ")"),
        entered("unknown", EVERYBODY));
  }

  private static void requireMarginBelow(
      BigDecimal bound, Parameters parameters, BigDecimal margin) {
    if (margin.compareTo(bound) >= 0) {
      parameters.problem(
          "margin",
          "is %s, and nobody would leave; expected less than %s"
              .formatted(Parameters.plain(margin), Parameters.plain(bound)));
    }
  }

  private static Segment entered(String name, String enter) {
    return new Segment(name, enter, null);
  }

  private static String atLeast(String read, BigDecimal least) {
    return read + " >= " + Parameters.plain(least);
  }

  private static String atMost(String read, BigDecimal most) {
    return read + " <= " + Parameters.plain(most);
  }

  private static String below(String read, BigDecimal bound) {
    return read + " < " + Parameters.plain(bound);
  }
}
