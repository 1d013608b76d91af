package dev.presage.local.installation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A module of the project as the build made it: its jar, and the libraries beside it. */
public final class BuiltModule {

  private BuiltModule() {}

  /**
   * Its class path.
   *
   * @param home the project's folder
   * @throws InstallationException when it is not built
   */
  public static String classPath(Path home, String module) {
    Path target = home.resolve(module).resolve("target");
    return jar(module, target) + File.pathSeparator + target.resolve("lib").resolve("*");
  }

  private static Path jar(String module, Path target) {
    String prefix = "presage-" + module + "-";
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(it -> it.getFileName().toString().startsWith(prefix))
          .filter(it -> it.getFileName().toString().endsWith(".jar"))
          .max(Comparator.comparing(it -> it.toFile().lastModified()))
          .orElseThrow(
              () ->
                  new InstallationException(
                      "%s is not built: there is no %s*.jar in %s. Build it with 'mvn package'"
                          .formatted(module, prefix, target)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into " + target, e);
    }
  }
}
