package dev.presage.local.play;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180) with a header. */
final class CsvSource implements LineSource {

  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create(CSVFormat.RFC4180)
          .setHeader()
          .setSkipHeaderRecord(true)
          // They are left out here, as the parser would not count them as lines.
          .setIgnoreEmptyLines(false)
          // Stray quotes spoil their line only.
          .setTrailingData(true)
          .setLenientEof(true)
          .get();

  private final String name;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;

  /**
   * Reads the header.
   *
   * @throws BadInputException when it is missing or names a column twice
   */
  CsvSource(String name, Reader reader) throws IOException {
    this.name = name;
    try {
      this.parser = CSVParser.builder().setReader(reader).setFormat(FORMAT).get();
    } catch (IllegalArgumentException e) {
      throw new BadInputException("%s: the header is wrong: %s".formatted(name, e.getMessage()));
    }
    this.header = parser.getHeaderNames();
    this.records = parser.iterator();
  }

  @Override
  public void requireColumns(Set<String> columns) {
    Set<String> missing = new TreeSet<>(columns);
    header.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new BadInputException(
          "%s has no column %s, which the mapping names; it has %s"
              .formatted(name, String.join(", ", missing), String.join(", ", header)));
    }
  }

  @Override
  public @Nullable SourceLine next() throws IOException, BadLineException {
    try {
      long number;
      CSVRecord record;
      do {
        number = parser.getCurrentLineNumber() + 1;
        if (!records.hasNext()) {
          return null;
        }
        record = records.next();
      } while (isEmptyLine(record));
      if (!record.isConsistent()) {
        throw new BadLineException(
            number,
            "has %d fields where the header has %d%s"
                .formatted(record.size(), header.size(), reach(number)));
      }
      Map<String, String> fields = new HashMap<>();
      for (int i = 0; i < record.size(); i++) {
        String value = record.get(i).strip();
        if (!value.isEmpty()) {
          fields.put(header.get(i), value);
        }
      }
      return new SourceLine(number, fields);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isEmptyLine(CSVRecord record) {
    return record.size() == 1 && record.get(0).isEmpty();
  }

  /** An open quote swallows lines, which nobody would miss if it were not said. */
  private String reach(long firstLine) {
    long lastLine = parser.getCurrentLineNumber();
    return lastLine > firstLine
        ? "; it reaches to line " + lastLine + ", is a quote left open?"
        : "";
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
