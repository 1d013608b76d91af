package dev.presage.retrain.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Files of events and which column is what of an event.
 *
 * @param files patterns of names, relative to the folder
 * @param folder where the files are
 * @param format how they are written
 * @param profile column of the canonical ID
 * @param occurredAt column of the time
 * @param unit of a time that is a number; empty: milliseconds, and a text is ISO 8601
 * @param type what happened, where that is the same for all rows
 * @param typeColumn column of what happened, where it is not
 * @param eventId column of the event's ID; empty: the events have none, and none is a duplicate
 * @param properties column by property
 * @param forms what a property is, where its column does not say
 */
record EventSource(
    List<String> files,
    Path folder,
    FileFormat format,
    String profile,
    String occurredAt,
    Optional<TimeUnit> unit,
    Optional<String> type,
    Optional<String> typeColumn,
    Optional<String> eventId,
    Map<String, String> properties,
    Map<String, Form> forms) {
  /** What the values of a property are. */
  enum Form {
    /** What the column says; of a text, a number or a truth value where it reads as one in JSON. */
    AUTO,
    TEXT,
    NUMBER,
    FLAG
  }

  Form form(String property) {
    return forms.getOrDefault(property, Form.AUTO);
  }
}
