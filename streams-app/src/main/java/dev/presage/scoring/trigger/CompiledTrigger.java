package dev.presage.scoring.trigger;

import dev.presage.features.expression.Expression;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TriggerDefinition;
import org.jspecify.annotations.Nullable;

/** A definition in which nothing is wrong, with its compiled audience. */
public record CompiledTrigger(TriggerDefinition definition, Expression audience) {

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

  /** Whether a profile is among those who receive it. */
  boolean receives(double[] slots) {
    return audience.test(slots);
  }
}
