package dev.presage.retrain.registry;

import dev.presage.features.FeatureSchema;
import dev.presage.model.ModelLimits;
import dev.presage.schemas.avro.GoldenRow;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Golden rows as the trainer of a model wrote them: comma-separated values with a header, a column
 * for each feature that the model uses, by name, and {@code margin} and {@code prediction}. Of
 * several classes {@code margin_0}, {@code margin_1}, … and {@code prediction_0}, …, too. An empty
 * field, {@code NaN} or {@code nan} is missing.
 */
final class GoldenCsv {
  private static final String MARGIN = "margin";
  private static final String PREDICTION = "prediction";

  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.RFC4180)
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
          .get();

  private final List<String> features;
  private final CSVParser parser;
  private final boolean floats;
  private final int classes;

  private GoldenCsv(FeatureSchema schema, CSVParser parser, boolean floats) {
    this.features = schema.names();
    this.parser = parser;
    this.floats = floats;
    this.classes = classes();
    checkHeader();
  }

  /**
   * Reads rows.
   *
   * @param floats whether margins and predictions are decimal forms of floats, as XGBoost's are
   * @return the rows, each with a vector in the order of the schema, {@code NaN} where the file has
   *     no column for a feature
   * @throws InvalidImportException where the header or a field is wrong, or there is no row, or
   *     more than a model may have
   */
  static List<GoldenRow> read(String text, FeatureSchema schema, boolean floats) {
    try (CSVParser parser =
        CSVParser.builder().setReader(new StringReader(text)).setFormat(FORMAT).get()) {
      return new GoldenCsv(schema, parser, floats).rows();
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot fail to be read", e);
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new InvalidImportException("the golden rows are no CSV: " + e.getMessage(), e);
    }
  }

  private List<GoldenRow> rows() {
    List<GoldenRow> rows = new ArrayList<>();
    for (CSVRecord line : parser) {
      if (rows.size() == ModelLimits.DEFAULTS.goldenRows()) {
        throw new InvalidImportException(
            "there are more than %,d golden rows; a hundred do"
                .formatted(ModelLimits.DEFAULTS.goldenRows()));
      }
      rows.add(row(line));
    }
    if (rows.isEmpty()) {
      throw new InvalidImportException(
          "there is no golden row; write some twenty rows with the trainer's margin and prediction");
    }
    return rows;
  }

  private GoldenRow row(CSVRecord line) {
    if (!line.isConsistent()) {
      throw new InvalidImportException(
          "golden row %d has %d fields, the header has %d"
              .formatted(line.getRecordNumber(), line.size(), parser.getHeaderNames().size()));
    }
    List<Double> vector = new ArrayList<>();
    for (String feature : features) {
      vector.add(line.isMapped(feature) ? number(line, feature) : Double.NaN);
    }
    return GoldenRow.newBuilder()
        .setFeatures(vector)
        .setMargin(finite(line, MARGIN))
        .setPrediction(finite(line, PREDICTION))
        .setMargins(ofClasses(line, MARGIN))
        .setPredictions(ofClasses(line, PREDICTION))
        .build();
  }

  private List<Double> ofClasses(CSVRecord line, String column) {
    return IntStream.range(0, classes).mapToObj(i -> finite(line, column + "_" + i)).toList();
  }

  private int classes() {
    return (int)
        IntStream.iterate(0, i -> i + 1)
            .takeWhile(i -> parser.getHeaderNames().contains(MARGIN + "_" + i))
            .count();
  }

  private void checkHeader() {
    TreeSet<String> unknown = new TreeSet<>(parser.getHeaderNames());
    unknown.removeAll(features);
    TreeSet<String> needed = new TreeSet<>(List.of(MARGIN, PREDICTION));
    for (int i = 0; i < classes; i++) {
      needed.add(PREDICTION + "_" + i);
      unknown.remove(MARGIN + "_" + i);
    }
    unknown.removeAll(needed);
    needed.removeAll(parser.getHeaderNames());
    if (!unknown.isEmpty() || !needed.isEmpty()) {
      Map<String, TreeSet<String>> problems = new LinkedHashMap<>();
      problems.put("lacks the columns", needed);
      problems.put("has columns that are no features here:", unknown);
      List<String> parts =
          problems.entrySet().stream()
              .filter(it -> !it.getValue().isEmpty())
              .map(it -> it.getKey() + " " + String.join(", ", it.getValue()))
              .toList();
      throw new InvalidImportException(
          "the header of the golden rows %s; the features are %s"
              .formatted(String.join(" and ", parts), String.join(", ", features)));
    }
  }

  private double finite(CSVRecord line, String column) {
    double value = number(line, column);
    if (!Double.isFinite(value)) {
      throw wrong(line, column, "must be a finite number");
    }
    return floats ? (float) value : value;
  }

  private static double number(CSVRecord line, String column) {
    String text = line.get(column).strip();
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(line, column, "must be a number, or empty where it is missing");
    }
  }

  private static InvalidImportException wrong(CSVRecord line, String column, String expected) {
    return new InvalidImportException(
        "golden row %d: %s %s, here is '%s'"
            .formatted(line.getRecordNumber(), column, expected, line.get(column)));
  }
}
