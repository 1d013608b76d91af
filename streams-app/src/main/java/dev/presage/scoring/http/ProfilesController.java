package dev.presage.scoring.http;

import dev.presage.features.FeatureEngine;
import dev.presage.scoring.runtime.ProfileElsewhereException;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
   * @param id canonical ID
   */
  @Get("/{id}")
  @Operation(
      summary = "A profile",
      description = "Features, traits and segments of a profile, as of its newest event")
  @ApiResponse(responseCode = "200", description = "The profile")
  @ApiResponse(responseCode = "307", description = "Another instance has the profile")
  @ApiResponse(responseCode = "404", description = "Nothing is known of this ID")
  @ApiResponse(responseCode = "503", description = "The store cannot be read here now; try again")
  HttpResponse<?> profile(String id) {
    return service
        .profile(id)
        .<HttpResponse<?>>map(
            profile ->
                HttpResponse.ok(
                    ProfileViews.of(id, profile, service.engine(), service.rules().current())))
        .orElseGet(ProfilesController::unknown);
  }

  /**
   * Why the features of an ID are what they are: the events and tiles that each is made of, how far
   * it can be off, and what it still waits for.
   *
   * @param id canonical ID
   * @param asOf event time at which the features are to hold, from 1970 to 2099, such as
   *     2026-01-01T00:00:00Z; the newest event that the profile has seen where it is not given
   */
  @Get("/{id}/features")
  @Operation(
      summary = "The features of a profile, explained",
      description =
          "Value, events, tiles, bound of the error and completeness of each feature, as of a time")
  @ApiResponse(responseCode = "200", description = "The features, in the order of the vector")
  @ApiResponse(responseCode = "307", description = "Another instance has the profile")
  @ApiResponse(responseCode = "400", description = "The as-of time is wrong")
  @ApiResponse(responseCode = "404", description = "Nothing is known of this ID")
  @ApiResponse(responseCode = "503", description = "The store cannot be read here now; try again")
  HttpResponse<?> features(String id, @Nullable @QueryValue String asOf) {
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
    return service
        .profile(id)
        .<HttpResponse<?>>map(
            profile ->
                HttpResponse.ok(
                    ExplanationViews.of(id, profile.features(), service.engine(), time)))
        .orElseGet(ProfilesController::unknown);
  }

  private static HttpResponse<?> unknown() {
    return HttpResponse.notFound(
        new Problem("Nothing is known of this ID: no event of it has arrived"));
  }

  @Error(exception = ProfileElsewhereException.class)
  HttpResponse<Problem> onElsewhere(HttpRequest<?> request, ProfileElsewhereException e) {
    return HttpResponse.<Problem>temporaryRedirect(at(request.getUri(), e.host(), e.port()))
        .body(new Problem(String.valueOf(e.getMessage())));
  }

  /** The same question to another instance. */
  static URI at(URI asked, String host, int port) {
    return UriBuilder.of(asked).scheme("http").host(host).port(port).build();
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
