package dev.presage.model.lightgbm;

import dev.presage.model.document.UnreadableDocumentException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model file, taken apart. Its first line is {@code tree}; the head goes on to {@code Tree=0};
 * each tree ends where the next begins, the last at {@code end of trees}. What follows
 * (importances, parameters) is not looked at.
 */
final class ModelText {
  private static final String TREE = "Tree=";
  private static final String END = "end of trees";

  private final String text;
  private int at;

  private ModelText(String text) {
    this.text = text;
  }

  /**
   * The sections of a file.
   *
   * @param head what holds for all trees
   * @param trees in the order of the file
   */
  record Sections(Section head, List<Section> trees) {}

  /**
   * @param maxTrees where reading stops: one tree more is read than that, so that it shows
   */
  static Sections read(String text, int maxTrees) throws UnreadableDocumentException {
    return new ModelText(text).sections(maxTrees);
  }

  private Sections sections(int maxTrees) throws UnreadableDocumentException {
    if (!"tree".equals(line())) {
      throw new UnreadableDocumentException("the first line is not \"tree\"");
    }
    Section head = new Section("the head");
    List<Section> trees = new ArrayList<>();
    Section current = head;
    for (String line = line(); trees.size() <= maxTrees; line = line()) {
      if (line == null) {
        throw new UnreadableDocumentException("the file ends before \"" + END + "\"");
      }
      if (line.equals(END)) {
        return new Sections(head, trees);
      }
      if (line.startsWith(TREE)) {
        if (!line.equals(TREE + trees.size())) {
          throw new UnreadableDocumentException("tree " + trees.size() + " is missing");
        }
        current = new Section("tree " + trees.size());
        trees.add(current);
      } else if (!line.isEmpty()) {
        current.add(line);
      }
    }
    return new Sections(head, trees);
  }

  /** The next line without its end, null after the last. */
  private @Nullable String line() {
    if (at >= text.length()) {
      return null;
    }
    int end = text.indexOf('\n', at);
    int stop = end < 0 ? text.length() : end;
    int from = at;
    at = stop + 1;
    return text.substring(from, stop > from && text.charAt(stop - 1) == '\r' ? stop - 1 : stop);
  }
}
