package dev.presage.retrain.files;

import dev.presage.schemas.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which rows are kept in files.
 *
 * @param directory {@code rows.directory}: where, a folder for each trait in it
 * @param names {@code rows.profiles}, {@code rows.salt}: how profiles are called
 * @param longest {@code rows.keep}: how long a file is kept at most
 * @param mostFiles {@code rows.keep-files}: how many files of a trait are kept at most
 */
public record RowFileSettings(Path directory, ProfileNames names, Duration longest, int mostFiles) {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int MOST_FILES = 10_000;

  /** Reads the settings; nothing where no directory is given. */
  public static Optional<RowFileSettings> read(SettingsReader reader) {
    ProfileNames names =
        new ProfileNames(
            reader.choice("rows.profiles", ProfileNames.Form.HASHED), reader.secret("rows.salt"));
    Duration longest = reader.duration("rows.keep", MONTH, Duration.ofMinutes(1));
    int mostFiles = reader.integer("rows.keep-files", 5, 1, MOST_FILES);
    return reader
        .optional("rows.directory")
        .flatMap(it -> directory(it, reader))
        .map(it -> new RowFileSettings(it, names, longest, mostFiles));
  }

  private static Optional<Path> directory(String given, SettingsReader reader) {
    try {
      Path directory = Path.of(given);
      Files.createDirectories(directory);
      if (Files.isWritable(directory)) {
        return Optional.of(directory);
      }
    } catch (IOException | InvalidPathException e) {
      // As one that cannot be written to.
    }
    reader.problem(
        "%s is '%s'; expected a folder that can be written to"
            .formatted(reader.named("rows.directory"), given));
    return Optional.empty();
  }
}
