package dev.presage.scoring.http;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.Identity;
import dev.presage.scoring.EntityProfiles;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.ingest.ExternalIds;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.runtime.CanonicalProfile;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Profiles by ID. */
@Controller("/v1/profiles")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ProfilesController {
  private final ScoringService service;

  ProfilesController(ScoringService service) {
    this.service = service;
  }

  /**
   * The profile of an ID: features, traits and segments.
   *
   * @param id any of its external IDs
   * @param entityType what is profiled; customers where it is not given
   */
  @Get("/{id}")
  @Operation(
      summary = "A profile",
      description = "Features, traits and segments of a profile, as of its newest event")
  @ApiResponse(responseCode = "200", description = "The profile")
  @ApiResponse(responseCode = "400", description = "This is no ID, or no entity type")
  @ApiResponse(responseCode = "404", description = "Nothing is known of this ID")
  @ApiResponse(responseCode = "410", description = "Everything under this ID was erased")
  @ApiResponse(responseCode = "503", description = "No instance can read it now; try again")
  HttpResponse<?> profile(String id, @Nullable @QueryValue String entityType) {
    return answer(
        id,
        entityType,
        (found, entity) -> ProfileViews.of(found, entity.engine(), entity.rules().current()));
  }

  /**
   * Why the features of an ID are what they are: the events and tiles that each is made of, how far
   * it can be off, and what it still waits for.
   *
   * @param id any of its external IDs
   * @param asOf event time at which the features are to hold, from 1970 to 2099, such as
   *     2026-01-01T00:00:00Z; the newest event that the profile has seen where it is not given
   * @param entityType what is profiled; customers where it is not given
   */
  @Get("/{id}/features")
  @Operation(
      summary = "The features of a profile, explained",
      description =
          "Value, events, tiles, bound of the error and completeness of each feature, as of a time")
  @ApiResponse(responseCode = "200", description = "The features, in the order of the vector")
  @ApiResponse(
      responseCode = "400",
      description = "This is no ID, no entity type, or the as-of time is wrong")
  @ApiResponse(responseCode = "404", description = "Nothing is known of this ID")
  @ApiResponse(responseCode = "410", description = "Everything under this ID was erased")
  @ApiResponse(responseCode = "503", description = "No instance can read it now; try again")
  HttpResponse<?> features(
      String id, @Nullable @QueryValue String asOf, @Nullable @QueryValue String entityType) {
    Instant time;
    try {
      time = asOf == null ? null : Instant.parse(asOf);
    } catch (DateTimeParseException e) {
      return HttpResponse.badRequest(
          new Problem("asOf '" + asOf + "' is not a time; write it like 2026-01-01T00:00:00Z"));
    }
    if (time != null && !FeatureEngine.isEventTime(time)) {
      return HttpResponse.badRequest(
          new Problem("asOf must be from 1970 to 2099, here it is " + asOf));
    }
    return answer(
        id,
        entityType,
        (found, entity) -> {
          Profile profile = found.found().profile();
          return ExplanationViews.of(
              found.id(),
              profile.features(),
              found.found().standbyLag(),
              entity.engine(),
              time == null ? Instant.ofEpochMilli(profile.asOfMillis()) : time);
        });
  }

  /** Says that an ID is missing, where a path without one would only be unknown. */
  @Get
  @Hidden
  HttpResponse<Problem> withoutId() {
    return HttpResponse.badRequest(new Problem("An ID is missing: GET /v1/profiles/{id}"));
  }

  private HttpResponse<?> answer(String id, @Nullable String entityType, View view) {
    if (id.isBlank()) {
      return HttpResponse.badRequest(new Problem("The ID is blank; give one of a profile"));
    }
    if (id.getBytes(StandardCharsets.UTF_8).length > ExternalIds.LONGEST_BYTES) {
      return HttpResponse.badRequest(
          new Problem(
              "The ID is longer than the %d bytes that an ID may have"
                  .formatted(ExternalIds.LONGEST_BYTES)));
    }
    String type = entityType == null ? EntityType.CUSTOMER.name() : entityType;
    Optional<EntityProfiles> known = service.entity(type);
    if (known.isEmpty()) {
      return HttpResponse.badRequest(
          new Problem(
              "There is no entity type %s; there are %s"
                  .formatted(
                      type, service.entities().stream().map(it -> it.type().name()).toList())));
    }
    EntityProfiles entity = known.get();
    return service
        .profile(entity.type(), id)
        .<HttpResponse<?>>map(found -> answer(found, entity, view))
        .orElseGet(ProfilesController::unknown);
  }

  /** Makes an answer of a profile. */
  private interface View {
    Object of(CanonicalProfile found, EntityProfiles entity);
  }

  private static HttpResponse<?> answer(CanonicalProfile found, EntityProfiles entity, View view) {
    Profile profile = found.found().profile();
    if (profile.identity() instanceof Identity.Erased) {
      return HttpResponse.status(HttpStatus.GONE)
          .body(new Problem("Everything under this ID was erased"));
    }
    return profile.isAlive() ? HttpResponse.ok(view.of(found, entity)) : unknown();
  }

  private static HttpResponse<?> unknown() {
    return HttpResponse.notFound(
        new Problem("Nothing is known of this ID: no event of it has arrived"));
  }

  @Error(exception = StoreUnavailableException.class)
  HttpResponse<Problem> onUnavailable(StoreUnavailableException e) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "1")
        .body(new Problem(String.valueOf(e.getMessage())));
  }

  /** What is wrong, in words. */
  @Serdeable
  record Problem(String message) {}
}
