package dev.presage.local.definitions;

import dev.presage.local.yaml.InvalidFileException;
import dev.presage.local.yaml.YamlFile;
import dev.presage.local.yaml.YamlObject;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import java.nio.file.Path;
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
        .setHorizonMillis(Amounts.duration(trait, "horizon").toMillis())
        .setTolerance(Amounts.number(trait, "tolerance", DEFAULT_TOLERANCE, Double.MAX_VALUE))
        .setExampleShare(Amounts.number(trait, "exampleShare", DEFAULT_EXAMPLE_SHARE, 1))
        .setReasons(
            trait.parsed(
                "reasons", 0, TraitFile::reasons, "a whole number from 0 to " + MOST_REASONS))
        .setRanked(trait.parsed("ranked", false, TraitFile::yesOrNo, "true or false"))
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

  private static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither");
    };
  }

  private static int reasons(String text) {
    int reasons = Integer.parseInt(text);
    if (reasons < 0 || reasons > MOST_REASONS) {
      throw new IllegalArgumentException("out of range");
    }
    return reasons;
  }
}
