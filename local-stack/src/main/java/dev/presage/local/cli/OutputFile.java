package dev.presage.local.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that takes what a command found out. */
final class OutputFile {

  private OutputFile() {}

  /**
   * Refuses a file that cannot be written, before the work, as it would be a pity to find out when
   * everything is done.
   *
   * @param what what goes into it, for messages
   * @param file the file, null where none is wanted
   */
  static void check(CommandSpec spec, String what, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new ParameterException(
          spec.commandLine(),
          "The %s cannot be written to %s: name a file in a folder that is there"
              .formatted(what, file));
    }
  }
}
