package dev.presage.features;

import dev.presage.features.declaration.Aggregate;
import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.expression.EventCondition;
import dev.presage.schemas.avro.PastEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says by which declared feature it is known whether a profile has done something. Events of the
 * past are not kept, so what no feature tells cannot be known: not in the stream, and not offline,
 * which shall find the same.
 *
 * <p>Times since the newest events come before counts: they are exact however many events there
 * are.
 */
public final class PastEvents {
  /** No features are declared. */
  public static final PastEvents NONE = new PastEvents(List.of());

  private static final double MILLIS_IN_DAY = 86_400_000;
  private static final String ANY = "true";

  private final List<Aggregated> features;

  private PastEvents(List<Aggregated> features) {
    this.features = List.copyOf(features);
  }

  static PastEvents of(List<FeatureDefinition> features) {
    return new PastEvents(
        features.stream()
            .filter(Aggregated.class::isInstance)
            .map(Aggregated.class::cast)
            .filter(it -> it.series().kind() == Kind.TIMES && it.series().calendar() == null)
            .toList());
  }

  /**
   * Returns a condition over features, in CEL, that holds where a profile has done it.
   *
   * @return nothing where no declared feature tells
   * @throws dev.presage.features.expression.InvalidExpressionException where the condition of the
   *     event is wrong
   */
  public Optional<String> condition(PastEvent event) {
    String condition = EventCondition.compile(event.getCondition()).canonical();
    List<Aggregated> ofEvent =
        features.stream()
            .filter(it -> it.series().eventType().equals(event.getEventType()))
            .filter(it -> condition(it.series()).equals(condition))
            .toList();
    return first(ofEvent, it -> tellsByTime(it, event))
        .map(it -> byTime(it, event))
        .or(
            () ->
                first(ofEvent, it -> tellsByCount(it, event))
                    .map(it -> it.name() + " >= " + event.getAtLeast()));
  }

  private static String condition(SeriesDefinition series) {
    EventCondition condition = series.condition();
    return condition == null ? ANY : condition.canonical();
  }

  private static Optional<Aggregated> first(List<Aggregated> features, Predicate<Aggregated> is) {
    return features.stream().filter(is).findFirst();
  }

  private static boolean tellsByTime(Aggregated feature, PastEvent event) {
    if (feature.aggregate() != Aggregate.TIME_SINCE_LAST
        || feature.parameters().k() != event.getAtLeast()) {
      return false;
    }
    Long within = event.getWithinMillis();
    if (within == null) {
      // Of all time only the newest event is known, those before it within the retention.
      return feature.windowMillis() == Aggregated.LIFETIME && event.getAtLeast() == 1;
    }
    return feature.windowMillis() >= within
        && (event.getAtLeast() == 1 || within <= feature.series().retention().toMillis());
  }

  private static String byTime(Aggregated feature, PastEvent event) {
    Long within = event.getWithinMillis();
    return within == null
        ? "has(" + feature.name() + ")"
        : feature.name() + " < " + within / MILLIS_IN_DAY;
  }

  private static boolean tellsByCount(Aggregated feature, PastEvent event) {
    Long within = event.getWithinMillis();
    return feature.aggregate() == Aggregate.COUNT
        && feature.windowMillis() == (within == null ? Aggregated.LIFETIME : within);
  }
}
