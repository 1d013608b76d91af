package dev.presage.scoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.ingest.Ingest.Addressed;
import dev.presage.scoring.ingest.Ingest.Origin;
import dev.presage.scoring.ingest.Ingest.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Point 1 of the semantics, event time, where the wall clock meets it; and what ingest refuses. */
class EventIngestTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Origin ORIGIN = new Origin("events", 3, 42);

  private final AvroSerde<Event> serde = AvroSerde.of(Event.class, new InMemorySchemaRegistry());
  private final EventIngest ingest =
      new EventIngest(serde.deserializer(), () -> NOW, Duration.ofMinutes(5));

  @Test
  void shouldPutAnEventOnTheLogOfItsUserAndLinkItsDeviceOnce() {
    Event event = event("e-1", "viewed", NOW, "user", "device");

    assertThat(accept(event))
        .isEqualTo(
            new Outcome.Accepted(
                List.of(
                    own("user", event),
                    new Addressed(
                        "device", LogEntries.of(new IdentityLink("device", "user", NOW, true))))));
    assertThat(accept(event)).isEqualTo(new Outcome.Accepted(List.of(own("user", event))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", " Undefined", "0", "user"})
  void shouldLinkNobody(String device) {
    Event event = event("e-1", "viewed", NOW, "user", device);

    assertThat(accept(event)).isEqualTo(new Outcome.Accepted(List.of(own("user", event))));
  }

  @Test
  void shouldPutAnEventWithoutUserOnTheLogOfItsAnonymousId() {
    Event event = event("e-1", "viewed", NOW, " ", "device");

    assertThat(accept(event)).isEqualTo(new Outcome.Accepted(List.of(own("device", event))));
  }

  @Test
  void shouldNameAnEventWithoutIdAfterItsOrigin() {
    assertThat(accept(event(null, "viewed", NOW, "user", null)))
        .isInstanceOfSatisfying(
            Outcome.Accepted.class,
            it ->
                assertThat(it.entries().getFirst().entry().getEvent().getEventId())
                    .isEqualTo("events-3-42"));
  }

  @Test
  void shouldRefuseARecordWithoutValue() {
    assertRefused(ingest.accept("events", null, ORIGIN), Code.EMPTY);
  }

  @Test
  void shouldRefuseBytesThatAreNoEvent() {
    assertRefused(ingest.accept("events", new byte[] {1, 2, 3, 4, 5, 6}, ORIGIN), Code.UNREADABLE);
  }

  @Test
  void shouldRefuseAnEventWithoutId() {
    assertRefused(accept(event("e-1", "viewed", NOW, null, null)), Code.NO_ID);
    assertRefused(accept(event("e-1", "viewed", NOW, "", "  ")), Code.NO_ID);
  }

  @Test
  void shouldRefuseAnIdThatIsTooLongAndKeepItOutOfTheReason() {
    String id = "ü".repeat(ExternalIds.LONGEST_BYTES / 2 + 1);

    Refusal refusal =
        assertRefused(accept(event("e-1", "viewed", NOW, id, null)), Code.NAME_TOO_LONG);

    assertThat(refusal.reason()).doesNotContain("ü");
  }

  @Test
  void shouldRefuseAnEventIdAndATypeThatAreTooLong() {
    String name = "x".repeat(ExternalIds.LONGEST_BYTES + 1);

    assertRefused(accept(event(name, "viewed", NOW, "user", null)), Code.NAME_TOO_LONG);
    assertRefused(accept(event("e-1", name, NOW, "user", null)), Code.NAME_TOO_LONG);
  }

  @Test
  void shouldRefuseWhatIsTooLargeWithoutReadingIt() {
    byte[] large = new byte[EventIngest.LARGEST_EVENT_BYTES + 1];

    assertRefused(ingest.accept("events", large, ORIGIN), Code.TOO_LARGE);
  }

  @Test
  void shouldRefuseAnEventWithoutTypeOrTime() {
    assertRefused(accept(event("e-1", " ", NOW, "user", null)), Code.NO_TYPE);
    assertRefused(accept(event("e-1", "viewed", null, "user", null)), Code.NO_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "2100-01-01T00:00:00Z"})
  void shouldRefuseATimeThatNoClockShows(String time) {
    assertRefused(
        accept(event("e-1", "viewed", Instant.parse(time), "user", null)), Code.TIME_OUT_OF_RANGE);
  }

  @Test
  void shouldAcceptTheToleratedFutureAndRefuseWhatIsBeyond() {
    Instant latest = NOW.plus(Duration.ofMinutes(5));

    assertThat(accept(event("e-1", "viewed", latest, "user", null)))
        .isInstanceOf(Outcome.Accepted.class);
    assertRefused(
        accept(event("e-1", "viewed", latest.plusMillis(1), "user", null)), Code.IN_THE_FUTURE);
  }

  private static Addressed own(String id, Event event) {
    return new Addressed(id, LogEntries.of(event));
  }

  private Outcome accept(Event event) {
    byte[] bytes = Objects.requireNonNull(serde.serializer().serialize("events", event));
    return ingest.accept("events", bytes, ORIGIN);
  }

  private static Refusal assertRefused(Outcome outcome, Code code) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    Refusal refusal = ((Outcome.Refused) outcome).refusal();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.reason()).isNotBlank();
    return refusal;
  }

  private static Event event(
      @Nullable String id,
      String type,
      @Nullable Instant time,
      @Nullable String userId,
      @Nullable String anonymousId) {
    return new Event(id, type, time, userId, anonymousId, Map.of("revenue", 1.5));
  }
}
