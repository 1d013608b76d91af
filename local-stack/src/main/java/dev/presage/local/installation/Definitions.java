package dev.presage.local.installation;

import dev.presage.local.definitions.SegmentFile;
import dev.presage.local.definitions.TraitFile;
import dev.presage.local.definitions.TriggerFile;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import dev.presage.schemas.yaml.InvalidFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is declared of an installation, in one folder.
 *
 * @param features {@code features.yaml}, which the applications read themselves
 * @param traits from {@code traits.yaml}
 * @param segmentations from {@code segments.yaml}
 * @param triggers from {@code triggers.yaml}; none where there is no such file
 */
public record Definitions(
    Path features,
    List<TraitDefinition> traits,
    List<SegmentDefinition> segmentations,
    List<TriggerDefinition> triggers) {

  public Definitions {
    traits = List.copyOf(traits);
    segmentations = List.copyOf(segmentations);
    triggers = List.copyOf(triggers);
  }

  /**
   * Reads a folder such as {@code local-stack/demo}.
   *
   * @throws InstallationException when a file is missing
   * @throws InvalidFileException when a definition is wrong
   */
  public static Definitions read(Path folder) {
    Path features = folder.resolve("features.yaml");
    for (String name : List.of("features.yaml", "traits.yaml", "segments.yaml")) {
      if (!Files.isReadable(folder.resolve(name))) {
        throw new InstallationException(
            "There is no %s in %s; copy the one in local-stack/demo and change it"
                .formatted(name, folder));
      }
    }
    Path triggers = folder.resolve("triggers.yaml");
    return new Definitions(
        features.toAbsolutePath(),
        TraitFile.read(folder.resolve("traits.yaml")),
        SegmentFile.read(folder.resolve("segments.yaml")),
        Files.exists(triggers) ? TriggerFile.read(triggers) : List.of());
  }
}
