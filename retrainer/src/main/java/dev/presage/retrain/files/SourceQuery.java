package dev.presage.retrain.files;

import dev.presage.retrain.history.HistoryException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks for the events of a source, ordered by partition and then by time: {@code bucket, profile,
 * millis, type, id}, then its properties. The database sorts, and what does not fit into its memory
 * goes to its folder.
 */
final class SourceQuery {
  /** Number of columns before those of properties. */
  static final int FIXED = 5;

  private static final Pattern PATTERN = Pattern.compile("[*?\\[]");

  private final EventSource source;
  private final String relation;
  private final Map<String, String> types;

  private SourceQuery(EventSource source, String relation, Map<String, String> types) {
    this.source = source;
    this.relation = relation;
    this.types = types;
  }

  /** Prepares a source; makes a table where its files cannot be read as they are. */
  static SourceQuery of(Database database, EventSource source, int number) throws SQLException {
    List<Path> files = FileList.of(source);
    String relation;
    if (source.format() == FileFormat.AVRO) {
      relation = "staged" + number;
      AvroStage.fill(database, relation, files, columns(source));
    } else {
      String list =
          files.stream()
              .map(it -> Database.text(escaped(it.toString())))
              .collect(Collectors.joining(", ", "[", "]"));
      relation =
          source.format() == FileFormat.PARQUET
              ? "read_parquet(" + list + ", union_by_name = true)"
              // Types that are guessed would make numbers of IDs such as 007.
              : "read_csv(" + list + ", header = true, all_varchar = true, union_by_name = true)";
    }
    SourceQuery query = new SourceQuery(source, relation, types(database, relation, source));
    query.requireColumns();
    return query;
  }

  /** A name is a name here, and not a pattern any more. */
  private static String escaped(String path) {
    return PATTERN.matcher(path).replaceAll("[$0]");
  }

  private static List<String> columns(EventSource source) {
    List<String> columns = new ArrayList<>(List.of(source.profile(), source.occurredAt()));
    source.typeColumn().ifPresent(columns::add);
    source.eventId().ifPresent(columns::add);
    columns.addAll(source.properties().values());
    return columns;
  }

  private static Map<String, String> types(Database database, String relation, EventSource source)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (columns.next()) {
        types.put(columns.getString(1), columns.getString(2));
      }
      return types;
    } catch (SQLException e) {
      throw new HistoryException(
          "%s cannot be read: %s".formatted(source.files(), e.getMessage()), e);
    }
  }

  private void requireColumns() {
    for (String column : columns(source)) {
      if (!types.containsKey(column)) {
        throw new HistoryException(
            "%s has no column %s; there are %s"
                .formatted(source.files(), column, String.join(", ", types.keySet())));
      }
    }
  }

  /** Of a property, whether the database gives it as a text that may be something else. */
  boolean isText(String property) {
    return kind(property).equals("VARCHAR");
  }

  private String kind(String property) {
    String type = type(source.properties().getOrDefault(property, ""));
    return switch (source.form(property)) {
      case TEXT, NUMBER, FLAG -> "VARCHAR";
      case AUTO -> {
        if (type.equals("BOOLEAN")) {
          yield "BOOLEAN";
        }
        if (isWhole(type)) {
          yield "BIGINT";
        }
        yield isNumber(type) ? "DOUBLE" : "VARCHAR";
      }
    };
  }

  private String type(String column) {
    return types.getOrDefault(column, "VARCHAR");
  }

  private static boolean isWhole(String type) {
    return List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
        .contains(type);
  }

  private static boolean isNumber(String type) {
    return type.equals("FLOAT")
        || type.equals("DOUBLE")
        || type.equals("HUGEINT")
        || type.equals("UBIGINT")
        || type.startsWith("DECIMAL");
  }

  /** How many rows there are. */
  String count() {
    return "SELECT count(*) FROM " + relation;
  }

  /** The events. */
  String sql(int partitions) {
    StringBuilder properties = new StringBuilder();
    StringBuilder selected = new StringBuilder();
    int number = 0;
    for (Map.Entry<String, String> property : source.properties().entrySet()) {
      String alias = "p" + number++;
      selected.append(", ").append(alias);
      properties
          .append(", ")
          .append(Database.name(property.getValue()))
          .append("::")
          .append(kind(property.getKey()))
          .append(" AS ")
          .append(alias);
    }
    Optional<String> type = source.type().map(Database::text);
    return """
        SELECT (hash(profile) %% %d)::INTEGER AS bucket, profile, millis, type, id%s
        FROM (SELECT %s::VARCHAR AS profile, %s AS millis, %s::VARCHAR AS type, %s::VARCHAR AS id,
            row_number() OVER () AS place%s FROM %s)
        ORDER BY bucket, millis, place"""
        .formatted(
            partitions,
            selected,
            Database.name(source.profile()),
            time(),
            type.orElseGet(() -> Database.name(source.typeColumn().orElse(""))),
            source.eventId().map(Database::name).orElse("NULL"),
            properties,
            relation);
  }

  /** Milliseconds since the epoch. */
  private String time() {
    String column = Database.name(source.occurredAt());
    String type = type(source.occurredAt());
    if (type.startsWith("TIMESTAMP") || type.equals("DATE")) {
      return "epoch_ms(" + column + "::TIMESTAMPTZ)";
    }
    if (isWhole(type) || isNumber(type) || source.unit().isPresent()) {
      String number = "TRY_CAST(" + column + " AS DOUBLE)";
      String scaled =
          switch (source.unit().orElse(TimeUnit.MILLISECONDS)) {
            case SECONDS -> number + " * 1000";
            case MICROSECONDS -> number + " / 1000";
            default -> number;
          };
      return "TRY_CAST(floor(" + scaled + ") AS BIGINT)";
    }
    return "epoch_ms(TRY_CAST(" + column + " AS TIMESTAMPTZ))";
  }
}
