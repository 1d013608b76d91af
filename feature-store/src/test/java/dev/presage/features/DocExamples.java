package dev.presage.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/features.md} shows. */
public final class DocExamples {
  private static final Path FILE = Path.of("..", "docs", "features.md");

  /** Text without the marks of a fence. */
  private static final String INSIDE = "((?:(?!```).)*)";

  private DocExamples() {}

  /**
   * Returns the declarations, each complete: an example that begins with its features goes on from
   * the first one.
   */
  public static List<String> declarations() throws IOException {
    List<String> fences = fences("yaml");
    String first = fences.getFirst();
    return fences.stream()
        .map(
            fence ->
                fence.startsWith("features:\n")
                    ? first + fence.substring("features:\n".length())
                    : fence)
        .toList();
  }

  /**
   * Declarations with what comes out of them.
   *
   * @param events a line of column names, and a line an event
   * @param values a line a feature, its name and its value
   */
  record Example(String yaml, List<String> events, Instant asOf, List<String> values) {}

  /** Returns the examples that show events and values. */
  static List<Example> withValues() throws IOException {
    Pattern form =
        Pattern.compile(
            fence("yaml") + INSIDE + fence("csv") + INSIDE + fence("text"), Pattern.DOTALL);
    Matcher matcher = form.matcher(Files.readString(FILE));
    List<Example> examples = new ArrayList<>();
    while (matcher.find()) {
      Matcher asOf = Pattern.compile("as of ([0-9TZ:-]+)").matcher(matcher.group(4));
      if (!asOf.find()) {
        throw new AssertionError("no 'as of' in: " + matcher.group(4));
      }
      examples.add(
          new Example(
              matcher.group(1),
              matcher.group(3).lines().toList(),
              Instant.parse(asOf.group(1)),
              matcher.group(5).lines().map(line -> line.replaceAll(" +", " ")).toList()));
    }
    return examples;
  }

  private static String fence(String language) {
    return "```" + language + "\n" + INSIDE + "```\n";
  }

  private static List<String> fences(String language) throws IOException {
    Matcher matcher =
        Pattern.compile(fence(language), Pattern.DOTALL).matcher(Files.readString(FILE));
    List<String> fences = new ArrayList<>();
    while (matcher.find()) {
      fences.add(matcher.group(1));
    }
    return fences;
  }
}
