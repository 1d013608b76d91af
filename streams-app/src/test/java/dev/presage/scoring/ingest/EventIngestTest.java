package dev.presage.scoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.identity.LogEntries;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.IdentityLink;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import dev.presage.scoring.deadletter.Refusal;
import dev.presage.scoring.deadletter.Refusal.Code;
import dev.presage.scoring.entity.EntityType;
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
  private static final EntityType ITEM = new EntityType("item", "productId");
  private static final Origin ORIGIN = new Origin("events", 3, 42);

  private final AvroSerde<Event> serde = AvroSerde.of(Event.class, new InMemorySchemaRegistry());
  private final EventIngest ingest =
      new EventIngest(
          serde.deserializer(), new EventChecks(() -> NOW, Duration.ofMinutes(5)), List.of());
  private final EventIngest keyed =
      new EventIngest(
          serde.deserializer(),
          new EventChecks(() -> NOW, Duration.ofMinutes(5)),
          List.of(ITEM, new EntityType("brand", "brand")));

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
  void shouldAddressTheProfilesThatPropertiesNameWithoutTheIdsOfTheCustomer() {
    Event event = event("e-1", Map.of("productId", "p-1", "brand", " "));

    assertThat(accept(keyed, event))
        .isEqualTo(
            new Outcome.Accepted(
                List.of(
                    own("user", event),
                    new Addressed(
                        ITEM,
                        "p-1",
                        LogEntries.of(
                            new Event("e-1", "viewed", NOW, null, null, event.getProperties()))))));
  }

  @Test
  void shouldTakeNumbersAsTheirDecimalText() {
    assertThat(itemOf(7L)).isEqualTo("7");
    assertThat(itemOf(7.0)).isEqualTo("7");
    assertThat(itemOf(-0.0)).isEqualTo("0");
    assertThat(itemOf(1.50)).isEqualTo("1.5");
    assertThat(itemOf(1e20)).isEqualTo("100000000000000000000");
    assertThat(itemOf(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
  }

  @Test
  void shouldRefuseAPropertyThatCannotNameAProfile() {
    assertThat(refusal(keyed, event("e-1", Map.of("productId", true))))
        .isEqualTo(
            new Refusal(
                Code.INVALID_PROPERTY,
                "The event's property productId is true, but it names a profile of entity type"
                    + " item; expected a text or a finite number"));
    assertThat(refusal(keyed, event("e-1", Map.of("productId", Double.NaN))).code())
        .isEqualTo(Code.INVALID_PROPERTY);
    assertThat(refusal(keyed, event("e-1", Map.of("productId", "x".repeat(1025)))).code())
        .isEqualTo(Code.NAME_TOO_LONG);
  }

  @Test
  void shouldRefuseAnEventThatBelongsToNoProfile() {
    Event event = new Event("e-1", "viewed", NOW, null, null, Map.of("other", 1L));

    assertThat(refusal(keyed, event).reason())
        .isEqualTo(
            "The event has neither userId nor anonymousId nor one of the properties productId,"
                + " brand; it must have at least one");
  }

  private String itemOf(Object productId) {
    return ((Outcome.Accepted) accept(keyed, event("e-1", Map.of("productId", productId))))
        .entries()
        .getLast()
        .profileId();
  }

  private static Event event(String eventId, Map<String, Object> properties) {
    return new Event(eventId, "viewed", NOW, "user", null, properties);
  }

  private Refusal refusal(EventIngest by, Event event) {
    return ((Outcome.Refused) accept(by, event)).refusal();
  }

  private Outcome accept(EventIngest by, Event event) {
    return by.accept(
        "events", Objects.requireNonNull(serde.serializer().serialize("events", event)), ORIGIN);
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
    byte[] large = new byte[EventChecks.LARGEST_EVENT_BYTES + 1];

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
