package dev.presage.local.installation;

import dev.presage.local.process.CodeLocation;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the project on this machine. */
public final class ProjectHome {

  /** System property that names it; the launcher sets it. */
  public static final String PROPERTY = "presage.home";

  private ProjectHome() {}

  /**
   * Finds it: as given, or from where this module was built.
   *
   * @throws InstallationException when it is not the project's folder
   */
  public static Path find() {
    String given = System.getProperty(PROPERTY);
    Path home =
        given != null
            ? Path.of(given).toAbsolutePath()
            : CodeLocation.of(ProjectHome.class).resolve("../../..").normalize();
    if (!Files.isDirectory(home.resolve("local-stack"))) {
      throw new InstallationException(
          "The project is not in %s; name its folder with -D%s".formatted(home, PROPERTY));
    }
    return home;
  }
}
