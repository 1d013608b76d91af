package dev.presage.local.definitions;

import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.traits.TraitDocument;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;

/** Reads trait definitions from a YAML file such as {@code local-stack/demo/traits.yaml}. */
public final class TraitFile {

  private TraitFile() {}

  /**
   * Reads a file.
   *
   * @throws InvalidFileException when a definition is wrong, with every problem. Expressions, and
   *     whether features tell what profiles have done, are checked by the streams application,
   *     which knows the features.
   */
  public static List<TraitDefinition> read(Path file) {
    return YamlFile.read(file, TraitDocument::definitions);
  }
}
