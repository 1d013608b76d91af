package dev.presage.local.definitions;

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
import dev.presage.schemas.yaml.Amounts;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.Repetition;
import dev.presage.schemas.yaml.YamlFile;
import dev.presage.schemas.yaml.YamlObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads trigger definitions from a YAML file {@code triggers.yaml}. */
public final class TriggerFile {

  private static final Duration DEFAULT_LATENESS = Duration.ofDays(30);

  private TriggerFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when a definition is wrong, with every problem. Expressions, and
   *     what is named of segments and traits, are checked by the streams application.
   */
  public static List<TriggerDefinition> read(Path file) {
    return YamlFile.read(file, TriggerFile::definitions);
  }

  private static List<TriggerDefinition> definitions(YamlObject root) {
    List<YamlObject> triggers = root.objects("triggers");
    Repetition.report(triggers, "trigger");
    return triggers.stream().map(TriggerFile::definition).toList();
  }

  private static TriggerDefinition definition(YamlObject trigger) {
    return TriggerDefinition.newBuilder()
        .setTrigger(trigger.text("trigger"))
        .setEntityType(trigger.optionalText("entityType").orElse("customer"))
        .setDescription(trigger.optionalText("description").orElse(""))
        .setOn(occasion(trigger))
        .setAudience(trigger.optionalText("audience").orElse("true"))
        .setOffer(trigger.optionalObject("offer").map(YamlObject::values).orElse(Map.of()))
        .setCaps(
            trigger
                .optionalObject("caps")
                .map(TriggerFile::caps)
                .orElseGet(() -> new TriggerCaps(0L, null, null, null)))
        .setHoldoutShare(Amounts.number(trigger, "holdout", 0, 1))
        .setLatenessMillis(Amounts.duration(trigger, "lateness", DEFAULT_LATENESS).toMillis())
        .setRecipients(
            trigger.optionalObject("recipients").map(TriggerFile::recipients).orElse(null))
        .build();
  }

  private static TriggerOccasion occasion(YamlObject trigger) {
    YamlObject on = trigger.object("on");
    TriggerOccasion occasion =
        new TriggerOccasion(
            on.optionalObject("segment").map(TriggerFile::move).orElse(null),
            on.optionalObject("trait").map(TriggerFile::crossing).orElse(null),
            on.optionalObject("silence").map(TriggerFile::silence).orElse(null),
            on.optionalObject("date").map(TriggerFile::date).orElse(null));
    long given = Stream.of("segment", "trait", "silence", "date").filter(on::has).count();
    if (trigger.has("on") && given != 1) {
      trigger.problem("on", "must have one of segment, trait, silence and date");
    }
    return occasion;
  }

  private static SegmentMove move(YamlObject segment) {
    return new SegmentMove(
        segment.text("segmentation"),
        segment.optionalText("from").orElse(null),
        segment.optionalText("to").orElse(null));
  }

  private static TraitCrossing crossing(YamlObject trait) {
    String direction = trait.text("direction");
    if (!direction.isEmpty() && !direction.equals("up") && !direction.equals("down")) {
      trait.problem("direction", "is '" + direction + "'; expected up or down");
    }
    trait.text("threshold");
    return new TraitCrossing(
        trait.text("trait"),
        trait.parsed("threshold", 0.0, TriggerFile::finite, "a number"),
        direction.equals("down") ? CrossingDirection.DOWN : CrossingDirection.UP);
  }

  private static SilenceReached silence(YamlObject silence) {
    return new SilenceReached(Amounts.duration(silence, "atLeast").toMillis());
  }

  private static DateReached date(YamlObject date) {
    if (date.has("before") && date.has("after")) {
      date.problem("before", "is there beside after; one of them can hold");
    }
    long before = Amounts.duration(date, "before", Duration.ZERO).toMillis();
    long after = Amounts.duration(date, "after", Duration.ZERO).toMillis();
    return new DateReached(date.text("feature"), after - before);
  }

  private static TriggerRecipients recipients(YamlObject recipients) {
    return new TriggerRecipients(
        recipients.optionalText("entityType").orElse("customer"),
        recipients.optionalText("audience").orElse("true"));
  }

  private static TriggerCaps caps(YamlObject caps) {
    return new TriggerCaps(
        Amounts.duration(caps, "coolDown", Duration.ZERO).toMillis(),
        caps.optionalObject("perProfile").map(TriggerFile::window).orElse(null),
        caps.optionalObject("total").map(TriggerFile::window).orElse(null),
        largestDiscount(caps));
  }

  private static WindowCap window(YamlObject cap) {
    cap.text("most");
    return new WindowCap(
        cap.parsed("most", 1L, TriggerFile::atLeastOne, "a whole number of at least 1"),
        Amounts.duration(cap, "window").toMillis());
  }

  private static @Nullable LargestDiscount largestDiscount(YamlObject caps) {
    if (!caps.has("largestDiscount")) {
      return null;
    }
    YamlObject largest = caps.object("largestDiscount");
    largest.text("most");
    return new LargestDiscount(
        largest.text("field"), largest.parsed("most", 0.0, TriggerFile::finite, "a number"));
  }

  private static double finite(String text) {
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not finite");
    }
    return value;
  }

  private static long atLeastOne(String text) {
    long value = Long.parseLong(text);
    if (value < 1) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }
}
