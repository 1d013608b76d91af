package dev.presage.retrain.report;

import dev.presage.retrain.report.Page.Meter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the registry as it is laid out. Every text may come from outside; the template escapes
 * all of them.
 *
 * @param title of the page
 * @param text below it
 * @param links to other pages
 * @param facts about what the page shows
 * @param sections one below the other
 */
public record ModelsPage(
    String title, String text, List<Cell> links, List<Fact> facts, List<Section> sections) {

  /** A text, and where it leads; nowhere where that is empty. */
  public record Cell(String text, String href) {
    static Cell of(String text) {
      return new Cell(text, "");
    }
  }

  /** A name and a text. */
  public record Fact(String name, Cell cell) {}

  /** A part of the page, with a choice of versions to compare where there are two. */
  public record Section(
      String title,
      String text,
      List<Meter> meters,
      List<Table> tables,
      @Nullable Comparison comparison) {}

  /** A table; the first cell of a row is its head. */
  public record Table(String caption, List<String> head, List<List<Cell>> rows) {}

  /** Which versions can be compared, and which are proposed. */
  public record Comparison(String action, List<String> versions, String from, String to) {}

  /** The path of a version's page. */
  static String path(String trait, String version) {
    return "/v1/models/%s/%s".formatted(encoded(trait), encoded(version));
  }

  /** The path of the page that compares two versions. */
  static String diffPath(String trait, String from, String to) {
    return "%s?from=%s&to=%s".formatted(diffPath(trait), encoded(from), encoded(to));
  }

  static String diffPath(String trait) {
    return "/v1/models/%s/diff".formatted(encoded(trait));
  }

  static String traitPath(String trait) {
    return "/v1/models?trait=" + encoded(trait);
  }

  static String reportPath(String run) {
    return "/v1/runs/%s/report".formatted(encoded(run));
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
