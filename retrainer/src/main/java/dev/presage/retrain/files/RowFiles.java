package dev.presage.retrain.files;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.runs.RowStore;
import dev.presage.retrain.runs.TrainedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rows of every run in a Parquet file of its own, {@code
 * <trait>/<time>-<random>.parquet}, and deletes files that are too old, or too many of a trait:
 * after every run, and once an hour, so that rows of a profile that is erased are gone in the end
 * although nothing is trained. Thread-safe.
 *
 * <p>Columns of our own begin with an underscore, as no feature can.
 */
public final class RowFiles implements RowStore, AutoCloseable {
  /** Begins the keys of a file's metadata. */
  static final String METADATA = "presage.";

  private static final Logger log = LoggerFactory.getLogger(RowFiles.class);
  private static final String ENDING = ".parquet";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final RowFileSettings settings;
  private final InstantSource clock;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("row-files").factory());

  /** Keeps rows, and deletes now what is too old. */
  public RowFiles(RowFileSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    var unused = sweeper.scheduleAtFixedRate(this::sweep, 0, 1, TimeUnit.HOURS);
  }

  @Override
  public Optional<String> keep(TrainedRows rows) {
    try {
      Path folder = Files.createDirectories(settings.directory().resolve(rows.trait()));
      String name =
          TIME.format(rows.startedAt()) + "-" + UUID.randomUUID().toString().substring(0, 8);
      Path unfinished = folder.resolve("." + name + ".unfinished");
      Path file = folder.resolve(name + ENDING);
      try {
        write(rows, unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      sweep();
      return Optional.of(file.toString());
    } catch (IOException | SQLException | UncheckedIOException e) {
      throw new RowStoreException(
          "The rows of trait %s cannot be written below %s: %s. Make room, or do without presage.rows.directory"
              .formatted(rows.trait(), settings.directory(), e.getMessage()),
          e);
    }
  }

  private void write(TrainedRows rows, Path file) throws SQLException {
    String features =
        rows.features().stream()
            .map(it -> ", " + Database.name(it) + " DOUBLE")
            .collect(Collectors.joining());
    try (Database database = Database.open()) {
      database.run(
          "CREATE TABLE kept (_profile VARCHAR, _as_of BIGINT, _kind VARCHAR, _label DOUBLE, "
              + "_weight DOUBLE, _part VARCHAR"
              + features
              + ")");
      try (DuckDBAppender appender = database.appender("kept")) {
        append(rows, appender);
      }
      database.run(
          "COPY (SELECT * REPLACE (epoch_ms(_as_of)::TIMESTAMPTZ AS _as_of) FROM kept) TO "
              + Database.text(file.toString())
              + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA {"
              + metadata(rows).entrySet().stream()
                  .map(it -> Database.text(it.getKey()) + ": " + Database.text(it.getValue()))
                  .collect(Collectors.joining(", "))
              + "})");
    }
  }

  private void append(TrainedRows kept, DuckDBAppender appender) throws SQLException {
    ProfileNames.Namer names = settings.names().begin();
    Rows rows = kept.rows();
    for (int row = 0; row < rows.size(); row++) {
      appender.beginRow();
      appender.append(names.of(rows.profileId(row)));
      appender.append(rows.asOf(row));
      appender.append(rows.kind(row).name().toLowerCase(Locale.ROOT));
      appender.append(rows.label(row));
      appender.append(kept.weights()[row]);
      appender.append(kept.parts()[row].name().toLowerCase(Locale.ROOT));
      for (int feature = 0; feature < rows.features(); feature++) {
        double value = rows.value(row, feature);
        if (Double.isNaN(value)) {
          appender.appendNull();
        } else {
          appender.append(value);
        }
      }
      appender.endRow();
    }
  }

  private Map<String, String> metadata(TrainedRows rows) {
    Map<String, String> metadata = new TreeMap<>();
    rows.lineage().forEach((key, value) -> metadata.put(METADATA + key, value));
    metadata.put(METADATA + "trait", rows.trait());
    metadata.put(METADATA + "startedAt", rows.startedAt().toString());
    metadata.put(METADATA + "profiles", settings.names().words());
    return metadata;
  }

  /** Deletes what is too old, or too much. */
  void sweep() {
    try (Stream<Path> folders = Files.list(settings.directory())) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        sweep(folder);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("Files of rows below {} cannot be looked through", settings.directory(), e);
    }
  }

  private void sweep(Path folder) throws IOException {
    List<Path> newestFirst;
    try (Stream<Path> files = Files.list(folder)) {
      newestFirst =
          files
              .filter(it -> it.getFileName().toString().endsWith(ENDING))
              .sorted(Comparator.comparing((Path it) -> it.getFileName().toString()).reversed())
              .toList();
    }
    for (int i = 0; i < newestFirst.size(); i++) {
      Path file = newestFirst.get(i);
      if (i >= settings.mostFiles() || isTooOld(file)) {
        Files.deleteIfExists(file);
        log.info("Deleted {}, as it is too old or there are too many", file);
      }
    }
  }

  private boolean isTooOld(Path file) throws IOException {
    return Files.getLastModifiedTime(file)
        .toInstant()
        .isBefore(clock.instant().minus(settings.longest()));
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
  }
}
