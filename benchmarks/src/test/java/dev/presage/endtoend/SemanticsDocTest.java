package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the page of the semantics to the tests that it names, and these to the points they name.
 */
class SemanticsDocTest {
  private static final int POINTS = 11;
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern POINT =
      Pattern.compile(
          "^(\\d+)\\. \\*\\*.*?(?=^\\d+\\. \\*\\*|^## )", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
  private static final Pattern NAMED =
      Pattern.compile("Points?((?:[\\s*,]|and|\\d)+)of the semantics");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @Test
  void shouldNameForEveryPointTheTestsThatNameIt() throws IOException {
    Map<Integer, Set<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(PROJECT)) {
      List<Path> sources =
          files
              .filter(it -> it.toString().contains("/src/test/java/"))
              .filter(it -> it.toString().matches(".*(Test|IT)\\.java"))
              .toList();
      for (Path source : sources) {
        String name = source.getFileName().toString().replace(".java", "");
        for (int point : pointsNamedIn(Files.readString(source))) {
          tests.computeIfAbsent(point, _ -> new TreeSet<>()).add(name);
        }
      }
    }

    assertThat(testsNamedByPoint()).isEqualTo(tests);
    assertThat(tests).containsOnlyKeys(IntStream.rangeClosed(1, POINTS).boxed().toList());
  }

  private static Map<Integer, Set<String>> testsNamedByPoint() throws IOException {
    Map<Integer, Set<String>> named = new TreeMap<>();
    Matcher points = POINT.matcher(Files.readString(PROJECT.resolve("docs/semantics.md")));
    while (points.find()) {
      Set<String> tests = new TreeSet<>();
      TEST.matcher(points.group()).results().forEach(it -> tests.add(it.group(1)));
      named.put(Integer.valueOf(points.group(1)), tests);
    }
    return named;
  }

  private static List<Integer> pointsNamedIn(String source) {
    return NAMED
        .matcher(source)
        .results()
        .flatMap(it -> NUMBER.matcher(it.group(1)).results())
        .map(it -> Integer.valueOf(it.group()))
        .toList();
  }
}
