package dev.presage.retrain.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * A database of DuckDB in a temporary folder, which is deleted with it. It lives in this process,
 * outside of the heap, and takes a bounded amount of memory: what does not fit goes to the folder.
 * It reaches no network and loads no extension.
 */
final class Database implements AutoCloseable {
  private static final String MEMORY = "512MB";

  private final Path folder;
  private final DuckDBConnection connection;

  private Database(Path folder, DuckDBConnection connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /** An empty database. */
  static Database open() throws SQLException {
    Path folder = temporaryFolder();
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY);
    properties.setProperty("temp_directory", folder.resolve("spilled").toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    // Results come row by row, and are never whole in memory.
    properties.setProperty("jdbc_stream_results", "true");
    try {
      Connection connection =
          DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("database"), properties);
      Database database = new Database(folder, connection.unwrap(DuckDBConnection.class));
      database.run("SET TimeZone = 'UTC'");
      return database;
    } catch (SQLException e) {
      delete(folder);
      throw e;
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Adds rows to a table of the main schema. */
  DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
  }

  /** Another connection, for a result that is read while others are. */
  Connection connect() throws SQLException {
    Connection another = connection.duplicate();
    try (Statement statement = another.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    return another;
  }

  /** A name as SQL takes it. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as SQL takes it. */
  static String text(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      delete(folder);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("presage-files-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Temporary folder " + folder + " cannot be deleted", e);
    }
  }
}
