package dev.presage.local.stack;

import dev.presage.local.process.CodeLocation;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** The class path of this module: its jar and the libraries beside it, else that of this JVM. */
final class ModuleClassPath {

  private ModuleClassPath() {}

  static String value() {
    Path code = CodeLocation.of(ModuleClassPath.class);
    Path libraries = code.resolveSibling("lib");
    return Files.isRegularFile(code) && Files.isDirectory(libraries)
        ? code + File.pathSeparator + libraries.resolve("*")
        : System.getProperty("java.class.path");
  }
}
