package dev.presage.local.definitions;

import dev.presage.local.yaml.InvalidFileException;
import dev.presage.local.yaml.YamlFile;
import dev.presage.local.yaml.YamlObject;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads trait definitions from a YAML file such as {@code local-stack/demo/traits.yaml}. */
public final class TraitFile {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final double DEFAULT_TOLERANCE = 0.01;
  private static final double DEFAULT_EXAMPLE_SHARE = 0.1;
  private static final int MOST_REASONS = 100;

  private TraitFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when a definition is wrong, with every problem. Expressions are
   *     checked by the streams application, which knows the features.
   */
  public static List<TraitDefinition> read(Path file) {
    return YamlFile.read(file, TraitFile::definitions);
  }

  private static List<TraitDefinition> definitions(YamlObject root) {
    List<YamlObject> traits = root.objects("traits");
    Repetition.report(traits, "trait");
    return traits.stream().map(TraitFile::definition).toList();
  }

  private static TraitDefinition definition(YamlObject trait) {
    YamlObject target = trait.object("target");
    if (!trait.has("horizon")) {
      trait.problem("horizon", "is missing");
    }
    return TraitDefinition.newBuilder()
        .setTrait(name(trait))
        .setEntityType(trait.optionalText("entityType").orElse("customer"))
        .setKind(
            trait.parsed(
                "kind",
                TraitKind.LIKELIHOOD,
                text -> TraitKind.valueOf(text.toUpperCase(Locale.ROOT)),
                "likelihood, value or class"))
        .setDescription(trait.optionalText("description").orElse(""))
        .setEligibility(trait.optionalText("eligibility").orElse("true"))
        .setTarget(
            Target.newBuilder()
                .setEventType(target.text("eventType"))
                .setCondition(target.optionalText("condition").orElse("true"))
                .build())
        .setHorizonMillis(
            trait
                .parsed("horizon", Duration.ofDays(1), Durations::parse, Durations.EXPECTED)
                .toMillis())
        .setTolerance(number(trait, "tolerance", DEFAULT_TOLERANCE, Double.MAX_VALUE))
        .setExampleShare(number(trait, "exampleShare", DEFAULT_EXAMPLE_SHARE, 1))
        .setReasons(
            trait.parsed(
                "reasons", 0, TraitFile::reasons, "a whole number from 0 to " + MOST_REASONS))
        .setUsageNote(trait.optionalText("usageNote").orElse(""))
        .build();
  }

  private static String name(YamlObject trait) {
    String name = trait.text("trait");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      trait.problem("trait", "is '" + name + "'; expected lower-case letters, digits and hyphens");
    }
    return name;
  }

  private static double number(YamlObject trait, String key, double otherwise, double most) {
    return trait.parsed(
        key,
        otherwise,
        text -> {
          double value = Double.parseDouble(text);
          if (!(value >= 0 && value <= most)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        },
        most == 1 ? "a number from 0 to 1" : "a number of at least 0");
  }

  private static int reasons(String text) {
    int reasons = Integer.parseInt(text);
    if (reasons < 0 || reasons > MOST_REASONS) {
      throw new IllegalArgumentException("out of range");
    }
    return reasons;
  }
}
