package dev.presage.local.stack;

import dev.presage.local.process.CodeLocation;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of the unpacked registry. The build unpacks it into {@code local-stack/target}, beside
 * the classes and the jar of this module, where every module of the reactor finds it.
 */
final class RegistryHome {

  /** System property that names another folder. */
  static final String PROPERTY = "presage.registry.home";

  static final String RUNNER = "quarkus-run.jar";

  private RegistryHome() {}

  /**
   * Finds it.
   *
   * @throws StackException when it is not there; says how to get it
   */
  static Path find() {
    String given = System.getProperty(PROPERTY);
    Path home =
        given != null
            ? Path.of(given)
            : CodeLocation.of(RegistryHome.class).resolveSibling("registry");
    if (!Files.isRegularFile(home.resolve(RUNNER))) {
      throw new StackException(
          "The schema registry is not in %s (no %s there). Build it with 'mvn -pl local-stack -am package', or name another folder with -D%s"
              .formatted(home, RUNNER, PROPERTY));
    }
    return home.toAbsolutePath();
  }
}
