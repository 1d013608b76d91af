package dev.presage.local.console;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of text with aligned columns. */
public final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  /** A line for each row; all rows have the same number of columns. */
  public static List<String> aligned(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, columns)
                    .mapToObj(
                        column ->
                            row.get(column) + " ".repeat(widths[column] - width(row.get(column))))
                    .collect(joining(GAP))
                    .stripTrailing())
        .toList();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
