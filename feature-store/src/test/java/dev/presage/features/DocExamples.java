package dev.presage.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/features.md} shows. */
public final class DocExamples {
  static final Path FILE = Path.of("..", "docs", "features.md");

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

  static List<String> fences(String language) throws IOException {
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(FILE));
    List<String> fences = new ArrayList<>();
    while (matcher.find()) {
      fences.add(matcher.group(1));
    }
    return fences;
  }
}
