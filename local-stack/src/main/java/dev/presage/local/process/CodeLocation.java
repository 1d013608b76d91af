package dev.presage.local.process;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where the code of this module is on disk. */
public final class CodeLocation {

  private CodeLocation() {}

  /**
   * The folder of classes or the jar that a class was loaded from.
   *
   * @throws IllegalStateException when it was loaded from neither
   */
  public static Path of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IllegalStateException(type + " was not loaded from a folder or a jar");
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(
          type + " was loaded from " + source.getLocation() + ", which is not a path", e);
    }
  }
}
