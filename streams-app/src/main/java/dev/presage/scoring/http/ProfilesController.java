package dev.presage.scoring.http;

import dev.presage.scoring.runtime.ProfileElsewhereException;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;

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
        .orElseGet(
            () ->
                HttpResponse.notFound(
                    new Problem("Nothing is known of this ID: no event of it has arrived")));
  }

  @Error(exception = ProfileElsewhereException.class)
  HttpResponse<Problem> onElsewhere(HttpRequest<?> request, ProfileElsewhereException e) {
    URI there =
        UriBuilder.of(request.getUri()).scheme("http").host(e.host()).port(e.port()).build();
    return HttpResponse.<Problem>temporaryRedirect(there)
        .body(new Problem(String.valueOf(e.getMessage())));
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
