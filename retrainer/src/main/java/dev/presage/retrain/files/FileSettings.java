package dev.presage.retrain.files;

import dev.presage.schemas.settings.SettingsReader;
import dev.presage.schemas.yaml.InvalidFileException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is read from files and kept in files.
 *
 * @param history {@code history.mapping}: where events are, in place of {@code profile-log}
 * @param partitions {@code history.partitions}: into how many their profiles are divided
 * @param rows {@code rows.directory} and what belongs to it: where rows are kept
 */
public record FileSettings(
    Optional<HistoryMapping> history, int partitions, Optional<RowFileSettings> rows) {
  private static final int MOST_PARTITIONS = 10_000;

  /** Reads the settings; a mapping that is wrong is a problem. */
  public static FileSettings read(SettingsReader reader) {
    return new FileSettings(
        reader.optional("history.mapping").flatMap(it -> mapping(it, reader)),
        reader.integer("history.partitions", 64, 1, MOST_PARTITIONS),
        RowFileSettings.read(reader));
  }

  private static Optional<HistoryMapping> mapping(String file, SettingsReader reader) {
    try {
      return Optional.of(HistoryMapping.read(Path.of(file)));
    } catch (InvalidFileException | InvalidPathException e) {
      reader.problem(reader.named("history.mapping") + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
