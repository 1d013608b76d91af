package dev.presage.scoring.runtime;

import dev.presage.features.FeatureDeclarations;
import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.scoring.entity.EntityType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The declared features of every entity type.
 *
 * @param entities customers first, then the others by name
 */
public record DeclaredEntities(List<DeclaredEntity> entities) {
  public DeclaredEntities {
    entities = List.copyOf(entities);
  }

  /** What is declared of one entity type. */
  public record DeclaredEntity(EntityType type, FeatureDeclarations features) {}

  /**
   * Reads the files that the settings name.
   *
   * @throws IOException where one cannot be read
   * @throws dev.presage.features.InvalidDeclarationsException where one is wrong
   * @throws InvalidSettingsException where one is of another entity type
   */
  public static DeclaredEntities read(ScoringSettings settings) throws IOException {
    List<DeclaredEntity> entities = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    entities.add(
        read(EntityType.CUSTOMER, "presage.features.file", settings.featuresFile(), problems));
    for (EntitySettings entity : settings.entities()) {
      String key = "presage.entities." + entity.type().name() + ".features.file";
      entities.add(read(entity.type(), key, entity.featuresFile(), problems));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new DeclaredEntities(entities);
  }

  private static DeclaredEntity read(EntityType type, String key, Path file, List<String> problems)
      throws IOException {
    FeatureDeclarations features = FeatureDeclarations.read(file);
    if (!features.entityType().equals(type.name())) {
      problems.add(
          "%s is '%s', which declares features of entity type %s; write 'entity: %s' in it, or name another file"
              .formatted(key, file, features.entityType(), type.name()));
    }
    return new DeclaredEntity(type, features);
  }
}
