package dev.presage.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The models of the page {@code docs/models.md}, in its order. */
final class Examples {
  static final List<String> FEATURES =
      List.of(
          "orders_lifetime",
          "orders_90d",
          "revenue_90d",
          "days_since_last_order",
          "days_since_first_order",
          "mean_order_value");

  private static final Pattern JSON = Pattern.compile("(?s)```json\n(.*?)```");

  static final List<String> ALL = read();
  static final String LINEAR = ALL.get(0);
  static final String PRODUCT = ALL.get(1);
  static final String POPULATIONS = ALL.get(2);
  static final String BUY_TILL_YOU_DIE = ALL.get(3);
  static final String SEGMENTATION = ALL.get(4);

  private Examples() {}

  private static List<String> read() {
    try {
      String page = Files.readString(Path.of("..", "docs", "models.md"));
      return JSON.matcher(page).results().map(Examples::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String json(MatchResult block) {
    return block.group(1);
  }
}
