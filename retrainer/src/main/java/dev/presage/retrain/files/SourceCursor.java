package dev.presage.retrain.files;

import dev.presage.retrain.files.EventSource.Form;
import dev.presage.schemas.avro.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of one source, ordered by partition and then by time. Used by one thread. */
final class SourceCursor implements AutoCloseable {
  /** Whole numbers as JSON writes them: no leading zero, which IDs have. */
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private final EventSource source;
  private final List<String> properties;
  private final Connection connection;
  private final Statement statement;
  private final ResultSet rows;
  private long read;
  private long passedOver;
  private int bucket;
  private long at;
  private String profile = "";
  private @Nullable Event event;

  SourceCursor(EventSource source, Connection connection, String sql) throws SQLException {
    this.source = source;
    this.properties = List.copyOf(source.properties().keySet());
    this.connection = connection;
    this.statement = connection.createStatement();
    this.rows = statement.executeQuery(sql);
  }

  /** Goes on to the next event; says whether there is one. */
  boolean next() throws SQLException {
    while (rows.next()) {
      read++;
      String nextProfile = rows.getString(2);
      long nextAt = rows.getLong(3);
      boolean isWithoutTime = rows.wasNull();
      String type = rows.getString(4);
      if (nextProfile == null
          || nextProfile.isEmpty()
          || isWithoutTime
          || type == null
          || type.isEmpty()) {
        passedOver++;
        continue;
      }
      bucket = rows.getInt(1);
      at = nextAt;
      profile = nextProfile;
      event =
          new Event(rows.getString(5), type, Instant.ofEpochMilli(at), profile, null, properties());
      return true;
    }
    event = null;
    return false;
  }

  private Map<String, Object> properties() throws SQLException {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < properties.size(); i++) {
      Object value = rows.getObject(SourceQuery.FIXED + 1 + i);
      Object converted =
          value instanceof String text ? converted(text, source.form(properties.get(i))) : value;
      if (converted != null) {
        values.put(properties.get(i), converted);
      }
    }
    return values;
  }

  /** Null: there is none, or none of that form. */
  static @Nullable Object converted(String text, Form form) {
    return switch (form) {
      case TEXT -> text;
      case NUMBER -> NUMBER.matcher(text.strip()).matches() ? number(text.strip()) : null;
      case FLAG ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> null;
          };
      case AUTO -> {
        if (text.isEmpty()) {
          yield null;
        }
        if (NUMBER.matcher(text).matches()) {
          yield number(text);
        }
        yield switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> text;
        };
      }
    };
  }

  private static Object number(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    return Double.parseDouble(text);
  }

  int bucket() {
    return bucket;
  }

  long at() {
    return at;
  }

  String profile() {
    return profile;
  }

  /** The current one. */
  Event event() {
    Event current = event;
    if (current == null) {
      throw new IllegalStateException("There is no event any more");
    }
    return current;
  }

  long read() {
    return read;
  }

  /** Rows without a profile, a readable time or a type. */
  long passedOver() {
    return passedOver;
  }

  EventSource source() {
    return source;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    statement.close();
    connection.close();
  }
}
