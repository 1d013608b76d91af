package dev.presage.schemas.yaml;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds names that are there twice: of two definitions under one key the last would win. */
public final class Repetition {

  private Repetition() {}

  public static void report(List<YamlObject> objects, String key) {
    Set<String> names = new HashSet<>();
    for (YamlObject object : objects) {
      object
          .optionalText(key)
          .filter(name -> !names.add(name))
          .ifPresent(name -> object.problem(key, "is there twice: '" + name + "'"));
    }
  }
}
