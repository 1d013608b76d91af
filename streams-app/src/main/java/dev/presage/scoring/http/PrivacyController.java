package dev.presage.scoring.http;

import dev.presage.schemas.avro.PrivacyAction;
import dev.presage.scoring.http.ProfilesController.Problem;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/** Erasure and consent. */
@Controller("/v1/profiles")
@ExecuteOn(TaskExecutors.BLOCKING)
final class PrivacyController {
  private final ScoringService service;

  PrivacyController(ScoringService service) {
    this.service = service;
  }

  /**
   * Erases the profile that an ID resolves to, with all of its IDs.
   *
   * @param id any of its external IDs
   */
  @Delete("/{id}")
  @Operation(
      summary = "Erase a profile",
      description =
          "Takes the command; when it is carried out, a receipt with its request ID comes on privacy-receipts")
  @ApiResponse(responseCode = "202", description = "The command is taken")
  @ApiResponse(responseCode = "503", description = "The command could not be taken; try again")
  HttpResponse<Taken> erase(String id) {
    return HttpResponse.accepted().body(new Taken(service.command(PrivacyAction.ERASE, id)));
  }

  /**
   * Lets an erased ID have a profile again, of what happens from now on.
   *
   * @param id the external ID
   */
  @Post("/{id}/consent")
  @Operation(
      summary = "Let an erased ID in again",
      description =
          "Takes the command; when it is carried out, a receipt with its request ID comes on privacy-receipts")
  @ApiResponse(responseCode = "202", description = "The command is taken")
  @ApiResponse(responseCode = "503", description = "The command could not be taken; try again")
  HttpResponse<Taken> consent(String id) {
    return HttpResponse.accepted().body(new Taken(service.command(PrivacyAction.CONSENT, id)));
  }

  @Error(exception = StoreUnavailableException.class)
  HttpResponse<Problem> onUnavailable(StoreUnavailableException e) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "1")
        .body(new Problem(String.valueOf(e.getMessage())));
  }

  /**
   * A command is on its topic.
   *
   * @param requestId under which it will be acknowledged
   */
  @Serdeable
  record Taken(String requestId) {}
}
