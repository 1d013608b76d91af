package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.SettingsReader;
import dev.presage.scoring.entity.EntityType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings of an entity type other than customers; the keys begin with {@code
 * presage.entities.<name>.}.
 *
 * @param type its name, and {@code key-property}: the property of an event that names its profile
 * @param featuresFile {@code features.file}: its declared features
 */
public record EntitySettings(EntityType type, Path featuresFile) {
  private static final String GROUP = "entities";
  private static final String KEY_PROPERTY = "key-property";
  private static final String FEATURES_FILE = "features.file";

  /** Reads all of them, by name. Problems stay with the reader. */
  static List<EntitySettings> read(SettingsReader reader) {
    List<EntitySettings> entities = new ArrayList<>();
    for (String name : reader.names(GROUP, List.of(KEY_PROPERTY, FEATURES_FILE))) {
      String group = GROUP + "." + name + ".";
      String property = reader.required(group + KEY_PROPERTY);
      Path features = reader.requiredFile(group + FEATURES_FILE);
      if (name.equals(EntityType.CUSTOMER.name())) {
        reader.problem(
            "%s is not to be set: customers are keyed by the IDs of events, and their features are declared in %s"
                .formatted(reader.named(GROUP + "." + name), reader.named(FEATURES_FILE)));
      } else if (!property.isEmpty()) {
        try {
          entities.add(new EntitySettings(new EntityType(name, property), features));
        } catch (IllegalArgumentException e) {
          reader.problem(reader.named(GROUP + "." + name) + ": " + e.getMessage());
        }
      }
    }
    return entities;
  }
}
