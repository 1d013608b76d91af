package dev.presage.retrain.files;

import dev.presage.retrain.history.HistoryException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The files that a source names, as they are when it is asked. */
final class FileList {
  private FileList() {}

  /**
   * Files by name.
   *
   * @throws HistoryException when a pattern matches none
   */
  static List<Path> of(EventSource source) {
    List<Path> files = new ArrayList<>();
    for (String pattern : source.files()) {
      Set<Path> found = matching(pattern, source.folder());
      if (found.isEmpty()) {
        throw new HistoryException(
            "No file matches %s in %s; presage.history.mapping names it"
                .formatted(pattern, source.folder()));
      }
      files.addAll(found);
    }
    return files.stream().distinct().toList();
  }

  private static Set<Path> matching(String pattern, Path folder) {
    String whole = folder.resolve(pattern).normalize().toString();
    int star = firstSpecial(whole);
    if (star < 0) {
      Path file = Path.of(whole);
      return new TreeSet<>(Files.isRegularFile(file) ? List.of(file) : List.of());
    }
    Path from = Path.of(whole.substring(0, whole.lastIndexOf('/', star) + 1));
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + whole);
    try (Stream<Path> all = Files.isDirectory(from) ? Files.walk(from) : Stream.empty()) {
      Set<Path> found = new TreeSet<>();
      all.filter(Files::isRegularFile).filter(matcher::matches).forEach(found::add);
      return found;
    } catch (IOException e) {
      throw new HistoryException("Folder " + from + " cannot be looked through", e);
    }
  }

  private static int firstSpecial(String pattern) {
    for (int i = 0; i < pattern.length(); i++) {
      if ("*?[{".indexOf(pattern.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
