package dev.presage.features.declaration;

import java.util.Set;
import java.util.regex.Pattern;

/** Names of series and features, as they can stand in expressions. */
final class Names {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,63}");

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

  static boolean check(String what, String name, Place place, Problems problems) {
    if (!FORM.matcher(name).matches()) {
      problems.add(
          place,
          "the name of a "
              + what
              + " has lower-case letters, digits and _, begins with a letter and"
              + " has at most 64 characters, here is '"
              + name
              + "'");
      return false;
    }
    if (RESERVED.contains(name)) {
      problems.add(place, "'" + name + "' is a reserved word; give the " + what + " another name");
      return false;
    }
    return true;
  }
}
