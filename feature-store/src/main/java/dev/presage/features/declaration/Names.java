package dev.presage.features.declaration;

import java.util.Set;
import java.util.regex.Pattern;

/** Names of series and features, as they can stand in expressions. */
final class Names {
  static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** What CEL keeps for itself, and the prefix under which segment rules read traits. */
  private static final Set<String> RESERVED =
      Set.of(
          "as",
          "break",
          "const",
          "continue",
          "else",
          "false",
          "for",
          "function",
          "if",
          "import",
          "in",
          "let",
          "loop",
          "namespace",
          "null",
          "package",
          "return",
          "traits",
          "true",
          "var",
          "void",
          "while");

  private Names() {}

  /**
   * @param what what the name is of, with its article
   */
  static boolean check(String what, String name, Place place, Problems problems) {
    if (!FORM.matcher(name).matches()) {
      problems.add(
          place,
          "'"
              + name
              + "' cannot be the name of "
              + what
              + ": names have lower-case letters, digits and _, begin with a letter and have at most"
              + " 64 characters");
      return false;
    }
    if (RESERVED.contains(name)) {
      problems.add(
          place, "'" + name + "' cannot be the name of " + what + ": it is a reserved word");
      return false;
    }
    return true;
  }
}
