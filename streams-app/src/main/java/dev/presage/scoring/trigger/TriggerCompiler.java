package dev.presage.scoring.trigger;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.CrossingDirection;
import dev.presage.schemas.avro.DateReached;
import dev.presage.schemas.avro.LargestDiscount;
import dev.presage.schemas.avro.SegmentMove;
import dev.presage.schemas.avro.SilenceReached;
import dev.presage.schemas.avro.TraitCrossing;
import dev.presage.schemas.avro.TriggerCaps;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.avro.TriggerOccasion;
import dev.presage.schemas.avro.TriggerRecipients;
import dev.presage.schemas.avro.WindowCap;
import dev.presage.schemas.settings.Suggestion;
import dev.presage.scoring.entity.EntityType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles trigger definitions; those that are wrong are left out and named with every problem. */
public final class TriggerCompiler {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Duration LONGEST = Duration.ofDays(3_650);

  /** How many one profile may get in a window at most: each is kept in its state. */
  private static final long MOST_PER_PROFILE = 1_000;

  private static final long MOST_IN_ALL = 10_000_000;

  private final String entityType;
  private final Scope scope;
  private final @Nullable Scope recipients;
  private final Map<String, SegmentNames> segmentations = new TreeMap<>();

  /**
   * Compiles against what there is.
   *
   * @param entityType whose triggers these are
   * @param scope where audiences find features and traits
   * @param segmentations the ones that there are
   * @param recipients where rules over customers find features and traits; null for triggers of
   *     customers, who receive what happens to themselves
   */
  public TriggerCompiler(
      String entityType,
      Scope scope,
      List<SegmentNames> segmentations,
      @Nullable Scope recipients) {
    this.entityType = entityType;
    this.scope = scope;
    this.recipients = recipients;
    segmentations.forEach(it -> this.segmentations.put(it.segmentation(), it));
  }

  /**
   * Compiles a definition.
   *
   * @param key of its record
   * @param problems takes everything that is wrong, for people
   * @return null where something is wrong
   */
  public @Nullable CompiledTrigger compile(
      String key, TriggerDefinition definition, List<String> problems) {
    Check check = new Check(problems);
    Expression audience = check.all(key, definition);
    return audience == null || !problems.isEmpty()
        ? null
        : new CompiledTrigger(definition, audience, dateSlot(definition));
  }

  private int dateSlot(TriggerDefinition definition) {
    DateReached date = definition.getOn().getDate();
    return date == null
        ? CompiledTrigger.NO_SLOT
        : scope.slot(date.getFeature()).orElse(CompiledTrigger.NO_SLOT);
  }

  /** Collects what is wrong with one definition. */
  private final class Check {
    private final List<String> problems;

    Check(List<String> problems) {
      this.problems = problems;
    }

    @Nullable Expression all(String key, TriggerDefinition definition) {
      String name = definition.getTrigger();
      if (!key.equals(name)) {
        problems.add(
            "the record's key is not the name '" + name + "' in it; publish it under that");
      } else if (!NAME.matcher(name).matches()) {
        problems.add(
            "a name has lower-case letters, digits, dots, hyphens and underscores, at most 100");
      }
      if (!entityType.equals(definition.getEntityType())) {
        problem(
            "",
            "entity type is %s, and there are no profiles of that; expected %s"
                .formatted(definition.getEntityType(), entityType));
      }
      checkOccasion(definition);
      checkCaps(definition);
      if (!(definition.getHoldoutShare() >= 0 && definition.getHoldoutShare() <= 1)) {
        problems.add("holdoutShare is " + definition.getHoldoutShare() + "; expected 0 to 1");
      }
      checkRecipients(definition.getRecipients());
      return condition("audience", definition.getAudience(), scope);
    }

    private @Nullable Expression condition(String where, String source, Scope over) {
      try {
        return Expression.condition(source, over);
      } catch (InvalidExpressionException e) {
        problem(where, String.valueOf(e.getMessage()));
        return null;
      }
    }

    private void checkRecipients(@Nullable TriggerRecipients asked) {
      if (asked == null) {
        return;
      }
      String where = "recipients";
      if (recipients == null) {
        problem(
            where,
            "a trigger of customers goes to the customer to whom it happens; say who receives it in"
                + " audience");
      } else if (!asked.getEntityType().equals(EntityType.CUSTOMER.name())) {
        problem(
            where,
            "entity type is %s; expected %s"
                .formatted(asked.getEntityType(), EntityType.CUSTOMER.name()));
      } else {
        var unused = condition("recipients.audience", asked.getAudience(), recipients);
      }
    }

    private void checkOccasion(TriggerDefinition definition) {
      TriggerOccasion on = definition.getOn();
      SegmentMove move = on.getSegment();
      TraitCrossing crossing = on.getTrait();
      SilenceReached silence = on.getSilence();
      DateReached date = on.getDate();
      long given = Stream.of(move, crossing, silence, date).filter(Objects::nonNull).count();
      if (given != 1) {
        problem(
            "",
            given == 0
                ? "on names nothing that this version knows; expected segment, trait, silence or"
                    + " date"
                : "on names "
                    + given
                    + " things; expected one of segment, trait, silence and date");
      }
      if (move != null) {
        checkMove("on.segment", move);
      }
      if (crossing != null) {
        checkCrossing("on.trait", crossing);
      }
      if (silence != null) {
        checkMillis("on.silence", "atLeastMillis", silence.getAtLeastMillis(), 1);
      }
      if (date != null) {
        checkDate("on.date", date);
      }
    }

    private void checkDate(String where, DateReached date) {
      List<String> features =
          scope.names().stream()
              .filter(it -> !it.startsWith("traits.") && !it.startsWith("percentiles."))
              .toList();
      if (!features.contains(date.getFeature())) {
        problem(
            where, "there is no feature " + date.getFeature() + among(date.getFeature(), features));
      }
      long longest = LONGEST.toMillis();
      if (date.getOffsetMillis() < -longest || date.getOffsetMillis() > longest) {
        problem(
            where,
            "offsetMillis is %d; expected -%d to %d (%d days)"
                .formatted(date.getOffsetMillis(), longest, longest, LONGEST.toDays()));
      }
    }

    private void checkMove(String where, SegmentMove move) {
      SegmentNames segmentation = segmentations.get(move.getSegmentation());
      if (segmentation == null) {
        problem(
            where,
            "there is no segmentation "
                + move.getSegmentation()
                + among(move.getSegmentation(), List.copyOf(segmentations.keySet())));
        return;
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

    private void checkCaps(TriggerDefinition definition) {
      TriggerCaps caps = definition.getCaps();
      checkMillis("caps", "coolDownMillis", caps.getCoolDownMillis(), 0);
      checkMillis("", "latenessMillis", definition.getLatenessMillis(), 0);
      checkWindow("caps.perProfile", caps.getPerProfile(), MOST_PER_PROFILE);
      checkWindow("caps.total", caps.getTotal(), MOST_IN_ALL);
      LargestDiscount largest = caps.getLargestDiscount();
      if (largest != null) {
        checkDiscount(largest, definition.getOffer());
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

    private void checkDiscount(LargestDiscount largest, Map<String, Object> offer) {
      Object offered = offer.get(largest.getField());
      String field = "offer." + largest.getField();
      if (!(offered instanceof Number number)) {
        problem(
            "",
            offered == null
                ? field + " is missing, which caps.largestDiscount limits"
                : field
                    + " is '"
                    + offered
                    + "', which caps.largestDiscount limits; it must be a"
                    + " number");
      } else if (!(number.doubleValue() <= largest.getMost())) {
        problem(
            "",
            "%s is %s, more than the largest discount of %s; lower the offer or raise the cap"
                .formatted(field, offered, largest.getMost()));
      }
    }

    private static String among(String unknown, List<String> known) {
      return known.isEmpty() ? "; there is none" : Suggestion.of(unknown, known, it -> it);
    }

    private void problem(String where, String phrase) {
      problems.add(where.isEmpty() ? phrase : where + ": " + phrase);
    }
  }
}
