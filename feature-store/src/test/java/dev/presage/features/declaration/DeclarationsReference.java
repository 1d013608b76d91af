package dev.presage.features.declaration;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.expression.Syntax;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Writes {@code docs/features-reference.md}. */
final class DeclarationsReference {
  private DeclarationsReference() {}

  static String text() {
    return """
        # Reference of features

        Every key, aggregate and function of a [features file](features.md). This page is generated
        from the code.

        Names have lower-case letters, digits and `_`, begin with a letter, and have at most 64
        characters. Durations are whole numbers of minutes, hours or days,
        %s. A list of one can be written without its brackets.

        ## The file

        %s
        ### `track`

        %s
        ## A series

        %s
        ## A feature

        %s
        ## Aggregates

        Times are in days. Aggregates that take `half_life` are over all time and take no `window`.
        The window of `trend` and `sum_trend` is a duration, and the series has a `retention` of twice
        that or more. `weekdays` and `hours` of a feature restrict its `series`, not the one of `of`.

        %s
        ## Expressions

        %s
        Missing is NaN. Whatever is computed from it is missing, and so are division by zero and what
        would be infinite.
        """
        .formatted(
            Durations.EXAMPLES,
            keys(Key.FILE),
            keys(Key.TRACK),
            keys(Key.SERIES),
            keys(Key.FEATURE),
            table(
                "aggregate | gives | of an empty window | series | parameter",
                Arrays.stream(Aggregate.values()).map(DeclarationsReference::row)),
            table(
                "write | for",
                Arrays.stream(Syntax.values()).map(it -> it.written() + " | " + it.means())));
  }

  private static String keys(List<Key> keys) {
    return table(
        "key | what it says | without it",
        keys.stream().map(key -> code(key.name()) + " | " + key.says() + " | " + key.without()));
  }

  private static String row(Aggregate aggregate) {
    return String.join(
        " | ",
        code(aggregate.yamlName()),
        aggregate.gives(),
        aggregate.ofEmptyWindow(),
        aggregate.needs().map(DeclarationsReference::declaredBy).orElse("any"),
        aggregate
            .parameter()
            .map(it -> code(it.yamlName()) + (it.isRequired() ? "" : ", optional"))
            .orElse(""));
  }

  private static String declaredBy(Kind kind) {
    return switch (kind) {
      case TIMES -> "any";
      case NUMBERS -> "with a `property`";
      case IDENTIFIERS -> "with an `identifier`";
    };
  }

  private static String table(String head, Stream<String> rows) {
    StringBuilder table = new StringBuilder();
    table.append("| ").append(head).append(" |\n");
    table.append(head.replaceAll("[^|]+", "---").replaceAll("^|$", "|")).append("\n");
    rows.forEach(row -> table.append("| ").append(row).append(" |\n"));
    return table.toString().replace("  |", " |");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }
}
