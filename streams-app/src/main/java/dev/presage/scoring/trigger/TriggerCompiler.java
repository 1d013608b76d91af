package dev.presage.scoring.trigger;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.LargestDiscount;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.schemas.settings.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles trigger definitions; those that are wrong are left out and named with every problem. */
public final class TriggerCompiler {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Duration LONGEST = Duration.ofDays(3_650);

  /** How many one profile may get in a window at most: each is kept in its state. */
  private static final long MOST_PER_PROFILE = 1_000;

  private static final long MOST_IN_ALL = 10_000_000;

  private final Scope scope;
  private final Map<String, SegmentNames> segmentations = new TreeMap<>();
  private final List<String> problems;

  private TriggerCompiler(Scope scope, List<SegmentNames> segmentations, List<String> problems) {
    this.scope = scope;
    this.problems = problems;
    segmentations.forEach(it -> this.segmentations.put(it.segmentation(), it));
  }

  /**
   * Compiles definitions.
   *
   * @param definitions by the keys of their records
   * @param scope where audiences find features and traits
   * @param segmentations the ones that there are
   * @param problems takes what is wrong, for people
   */
  public static Triggers compile(
      Map<String, TriggerDefinition> definitions,
      Scope scope,
      List<SegmentNames> segmentations,
      List<String> problems) {
    if (definitions.isEmpty()) {
      return Triggers.NONE;
    }
    TriggerCompiler compiler = new TriggerCompiler(scope, segmentations, problems);
    List<CompiledTrigger> sound = new ArrayList<>();
    definitions.forEach(
        (key, definition) -> {
          int before = problems.size();
          Expression audience = compiler.check("Trigger " + key, key, definition);
          if (audience != null && problems.size() == before) {
            sound.add(new CompiledTrigger(definition, audience));
          }
        });
    return new Triggers(sound);
  }

  private @Nullable Expression check(String where, String key, TriggerDefinition definition) {
    String name = definition.getTrigger();
    if (!key.equals(name)) {
      problem(
          where, "the record's key is not the name '" + name + "' in it; publish it under that");
    } else if (!NAME.matcher(name).matches()) {
      problem(
          where,
          "a name has lower-case letters, digits, dots, hyphens and underscores, at most 100");
    }
    checkOccasion(where, definition);
    checkCaps(where, definition);
    if (!(definition.getHoldoutShare() >= 0 && definition.getHoldoutShare() <= 1)) {
      problem(where, "holdoutShare is " + definition.getHoldoutShare() + "; expected 0 to 1");
    }
    return audience(where, definition.getAudience());
  }

  private @Nullable Expression audience(String where, String source) {
    try {
      return Expression.condition(source, scope);
    } catch (InvalidExpressionException e) {
      problem(where + ", audience", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void checkOccasion(String where, TriggerDefinition definition) {
    TriggerOccasion on = definition.getOn();
    SegmentMove move = on.getSegment();
    TraitCrossing crossing = on.getTrait();
    SilenceReached silence = on.getSilence();
    int given = (move == null ? 0 : 1) + (crossing == null ? 0 : 1) + (silence == null ? 0 : 1);
    if (given != 1) {
      problem(
          where,
          given == 0
              ? "on names nothing that this version knows; expected segment, trait or silence"
              : "on names " + given + " things; expected one of segment, trait and silence");
    }
    if (move != null) {
      checkMove(where + ", on.segment", move, definition.getEntityType());
    }
    if (crossing != null) {
      checkCrossing(where + ", on.trait", crossing);
    }
    if (silence != null) {
      checkMillis(where + ", on.silence", "atLeastMillis", silence.getAtLeastMillis(), 1);
    }
  }

  private void checkMove(String where, SegmentMove move, String entityType) {
    SegmentNames segmentation = segmentations.get(move.getSegmentation());
    if (segmentation == null) {
      problem(
          where,
          "there is no segmentation "
              + move.getSegmentation()
              + among(move.getSegmentation(), List.copyOf(segmentations.keySet())));
      return;
    }
    if (!segmentation.entityType().equals(entityType)) {
      problem(
          where,
          "%s is a segmentation of %s, but the trigger is for %s"
              .formatted(segmentation.segmentation(), segmentation.entityType(), entityType));
    }
    checkSegment(where, segmentation, move.getFrom());
    checkSegment(where, segmentation, move.getTo());
    if (move.getFrom() != null && move.getFrom().equals(move.getTo())) {
      problem(where, "from and to are both " + move.getFrom() + "; that is no move");
    }
  }

  private void checkSegment(String where, SegmentNames segmentation, @Nullable String segment) {
    if (segment != null && !segmentation.segments().contains(segment)) {
      problem(
          where,
          "there is no segment "
              + segment
              + " in "
              + segmentation.segmentation()
              + among(segment, segmentation.segments()));
    }
  }

  private void checkCrossing(String where, TraitCrossing crossing) {
    if (scope.slot("traits." + crossing.getTrait()).isEmpty()) {
      List<String> traits =
          scope.names().stream()
              .filter(it -> it.startsWith("traits."))
              .map(it -> it.substring("traits.".length()))
              .toList();
      problem(
          where, "there is no trait " + crossing.getTrait() + among(crossing.getTrait(), traits));
    }
    if (!Double.isFinite(crossing.getThreshold())) {
      problem(where, "threshold is " + crossing.getThreshold() + "; expected a finite number");
    }
    if (crossing.getDirection() == CrossingDirection.UNKNOWN) {
      problem(where, "direction is missing; expected UP or DOWN");
    }
  }

  private void checkCaps(String where, TriggerDefinition definition) {
    TriggerCaps caps = definition.getCaps();
    checkMillis(where + ", caps", "coolDownMillis", caps.getCoolDownMillis(), 0);
    checkMillis(where, "latenessMillis", definition.getLatenessMillis(), 0);
    checkWindow(where + ", caps.perProfile", caps.getPerProfile(), MOST_PER_PROFILE);
    checkWindow(where + ", caps.total", caps.getTotal(), MOST_IN_ALL);
    LargestDiscount largest = caps.getLargestDiscount();
    if (largest != null) {
      checkDiscount(where, largest, definition.getOffer());
    }
  }

  private void checkWindow(String where, @Nullable WindowCap cap, long most) {
    if (cap == null) {
      return;
    }
    if (cap.getMost() < 1 || cap.getMost() > most) {
      problem(where, "most is " + cap.getMost() + "; expected 1 to " + most);
    }
    checkMillis(where, "windowMillis", cap.getWindowMillis(), 1);
  }

  private void checkMillis(String where, String key, long millis, long least) {
    if (millis < least || millis > LONGEST.toMillis()) {
      problem(
          where,
          "%s is %d; expected %d to %d (%d days)"
              .formatted(key, millis, least, LONGEST.toMillis(), LONGEST.toDays()));
    }
  }

  private void checkDiscount(String where, LargestDiscount largest, Map<String, Object> offer) {
    Object offered = offer.get(largest.getField());
    String field = "offer." + largest.getField();
    if (!(offered instanceof Number number)) {
      problem(
          where,
          offered == null
              ? field + " is missing, which caps.largestDiscount limits"
              : field
                  + " is '"
                  + offered
                  + "', which caps.largestDiscount limits; it must be a"
                  + " number");
    } else if (!(number.doubleValue() <= largest.getMost())) {
      problem(
          where,
          "%s is %s, more than the largest discount of %s; lower the offer or raise the cap"
              .formatted(field, offered, largest.getMost()));
    }
  }

  private static String among(String unknown, List<String> known) {
    return known.isEmpty() ? "; there is none" : Suggestion.of(unknown, known, it -> it);
  }

  private void problem(String where, String phrase) {
    problems.add(where + ": " + phrase);
  }
}
