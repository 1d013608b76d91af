package dev.presage.retrain.files;

import dev.presage.features.identity.LogEntries;
import dev.presage.retrain.history.History;
import dev.presage.retrain.history.HistoryException;
import dev.presage.retrain.history.HistoryVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history in files under a mapping. Profiles are divided into partitions by a hash of their
 * IDs; within one, events come by their times, those of one time by source and place in it. Each
 * source is sorted by the database, in bounded memory, and the sources are merged row by row.
 *
 * <p>Files say nothing of links, erasures and consent: their profiles are canonical IDs already.
 */
public final class FileHistory implements History {
  private static final Logger log = LoggerFactory.getLogger(FileHistory.class);
  private static final long BETWEEN_PROGRESS = 10_000;

  /** An event that comes late, by the order of the log, does not exist here. */
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt((Place it) -> it.cursor.bucket())
          .thenComparingLong(it -> it.cursor.at())
          .thenComparingInt(Place::source);

  private final HistoryMapping mapping;
  private final int partitions;

  /** A source that has a next event. */
  private record Place(SourceCursor cursor, int source) {}

  /**
   * Reads files.
   *
   * @param partitions into how many the profiles are divided; those of one are in memory at once
   */
  public FileHistory(HistoryMapping mapping, int partitions) {
    this.mapping = mapping;
    this.partitions = partitions;
  }

  @Override
  public void replay(HistoryVisitor visitor) {
    List<SourceCursor> cursors = new ArrayList<>();
    try (Database database = Database.open()) {
      try {
        long all = open(database, cursors);
        replay(cursors, all, visitor);
      } finally {
        for (SourceCursor cursor : cursors) {
          cursor.close();
        }
      }
    } catch (SQLException e) {
      throw new HistoryException("The files of events cannot be read: " + e.getMessage(), e);
    }
  }

  /** In bytes of the files. */
  @Override
  public long length() {
    long bytes = 0;
    try {
      for (EventSource source : mapping.sources()) {
        for (Path file : FileList.of(source)) {
          bytes += Files.size(file);
        }
      }
    } catch (IOException e) {
      throw new HistoryException("The files of events cannot be read: " + e.getMessage(), e);
    }
    return bytes;
  }

  private long open(Database database, List<SourceCursor> cursors) throws SQLException {
    long all = 0;
    for (EventSource source : mapping.sources()) {
      SourceQuery query = SourceQuery.of(database, source, cursors.size());
      all += count(database, query);
      cursors.add(new SourceCursor(source, database.connect(), query.sql(partitions)));
    }
    return all;
  }

  private static long count(Database database, SourceQuery query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(query.count())) {
      return count.next() ? count.getLong(1) : 0;
    }
  }

  private static void replay(List<SourceCursor> cursors, long all, HistoryVisitor visitor)
      throws SQLException {
    PriorityQueue<Place> next = new PriorityQueue<>(ORDER);
    for (int i = 0; i < cursors.size(); i++) {
      Place place = new Place(cursors.get(i), i);
      if (place.cursor.next()) {
        next.add(place);
      }
    }
    long read = 0;
    int bucket = next.isEmpty() ? 0 : next.element().cursor.bucket();
    for (Place place = next.poll(); place != null; place = next.poll()) {
      SourceCursor cursor = place.cursor;
      if (cursor.bucket() != bucket) {
        visitor.endPartition();
        bucket = cursor.bucket();
      }
      visitor.record(cursor.profile(), LogEntries.of(cursor.event()));
      if (++read % BETWEEN_PROGRESS == 0) {
        visitor.progress(read, all);
      }
      if (cursor.next()) {
        next.add(place);
      }
    }
    visitor.endPartition();
    visitor.progress(all, all);
    cursors.forEach(FileHistory::sayWhatWasPassedOver);
  }

  private static void sayWhatWasPassedOver(SourceCursor cursor) {
    if (cursor.passedOver() > 0 && cursor.passedOver() == cursor.read()) {
      throw new HistoryException(
          "None of the %,d rows of %s has a profile in %s, a time in %s that can be read, and a type; mend presage.history.mapping"
              .formatted(
                  cursor.read(),
                  cursor.source().files(),
                  cursor.source().profile(),
                  cursor.source().occurredAt()));
    }
    if (cursor.passedOver() > 0) {
      log.warn(
          "Passed over {} of {} rows of {} without a profile, a readable time or a type",
          cursor.passedOver(),
          cursor.read(),
          cursor.source().files());
    }
  }
}
