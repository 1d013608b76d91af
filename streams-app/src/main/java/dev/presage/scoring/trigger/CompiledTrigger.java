package dev.presage.scoring.trigger;

import dev.presage.features.FeatureEngine;
import dev.presage.features.expression.Expression;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TriggerDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A definition in which nothing is wrong, with its compiled audience.
 *
 * @param dateSlot where the feature is found that holds its date; {@link #NO_SLOT} where no date
 *     sets it off
 */
public record CompiledTrigger(TriggerDefinition definition, Expression audience, int dateSlot) {
  static final int NO_SLOT = -1;

  /** There is no date, or none that an event could have. */
  static final long NO_DATE = Long.MAX_VALUE;

  String name() {
    return definition.getTrigger();
  }

  @Nullable SegmentMove segmentMove() {
    return definition.getOn().getSegment();
  }

  @Nullable TraitCrossing traitCrossing() {
    return definition.getOn().getTrait();
  }

  /** The silence that sets it off; {@link Long#MAX_VALUE} where none does. */
  long silenceMillis() {
    SilenceReached silence = definition.getOn().getSilence();
    return silence == null ? Long.MAX_VALUE : silence.getAtLeastMillis();
  }

  @Nullable DateReached date() {
    return definition.getOn().getDate();
  }

  /**
   * When the date of a profile sets it off, in milliseconds since 1970; {@link #NO_DATE} for never.
   */
  long dateMillis(double[] slots) {
    DateReached date = date();
    double value = date == null ? Double.NaN : slots[dateSlot];
    if (date == null || !(Math.abs(value) < 1e15)) {
      return NO_DATE;
    }
    long millis = (long) Math.floor(value) + date.getOffsetMillis();
    return FeatureEngine.isEventTime(Instant.ofEpochMilli(millis)) ? millis : NO_DATE;
  }

  /** Whether a profile is among those who receive it, or about whom it is. */
  boolean receives(double[] slots) {
    return audience.test(slots);
  }
}
