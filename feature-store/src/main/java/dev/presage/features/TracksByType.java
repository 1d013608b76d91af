package dev.presage.features;

import dev.presage.features.EventTracks.Track;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.declaration.Tracking;
import dev.presage.features.series.ProfileLayout;
import dev.presage.features.series.SeriesLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Finds what is tracked of an event type, whether or not it was declared. */
final class TracksByType {
  /** How long events of a series stay in windows that nobody declared. */
  static final Duration RETENTION = Duration.ofDays(730);

  /** Types come from outside: no more than this are remembered. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<String, List<Track>> declared = new HashMap<>();
  private final List<Track> ofAnyType = new ArrayList<>();
  private final Optional<Tracking> tracking;
  private final Map<String, EventTracks> byType = new ConcurrentHashMap<>();

  /**
   * @param series the declared series, in the order of the layout
   */
  TracksByType(List<SeriesDefinition> series, ProfileLayout layout, Optional<Tracking> tracking) {
    this.tracking = tracking;
    for (int i = 0; i < series.size(); i++) {
      Track track = new Track(series.get(i), layout.series().get(i), true);
      String type = series.get(i).eventType();
      if (type.equals(SeriesDefinition.ANY_EVENT_TYPE)) {
        ofAnyType.add(track);
      } else {
        declared.computeIfAbsent(type, _ -> new ArrayList<>()).add(track);
      }
    }
  }

  EventTracks of(String eventType) {
    EventTracks known = byType.get(eventType);
    if (known != null) {
      return known;
    }
    EventTracks tracks = make(eventType);
    if (byType.size() < MAX_REMEMBERED) {
      byType.put(eventType, tracks);
    }
    return tracks;
  }

  private EventTracks make(String eventType) {
    List<Track> tracks = new ArrayList<>(declared.getOrDefault(eventType, List.of()));
    tracks.addAll(ofAnyType);
    if (tracking.isPresent()) {
      addUndeclared(tracks, eventType, null);
      tracking.get().properties().forEach(property -> addUndeclared(tracks, eventType, property));
    }
    return new EventTracks(SeriesLayout.typeTag(eventType), tracks);
  }

  private static void addUndeclared(
      List<Track> tracks, String eventType, @Nullable String property) {
    Kind kind = property == null ? Kind.TIMES : Kind.NUMBERS;
    SeriesDefinition series =
        new SeriesDefinition(
            property == null ? eventType : eventType + "." + property,
            eventType,
            null,
            null,
            property,
            kind,
            RETENTION);
    int id = series.stateId();
    if (tracks.stream().noneMatch(track -> track.layout().id() == id)) {
      SeriesLayout layout =
          ProfileLayouts.undeclared(
              id, SeriesLayout.typeTag(eventType), kind, RETENTION.toMillis());
      tracks.add(new Track(series, layout, false));
    }
  }
}
