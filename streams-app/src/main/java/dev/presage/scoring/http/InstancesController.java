package dev.presage.scoring.http;

import dev.presage.scoring.runtime.FoundProfile;
import dev.presage.scoring.runtime.ProfileTransfer;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;

/** What other instances ask this one for, as {@link ProfileTransfer} says. */
@Controller(ProfileTransfer.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
final class InstancesController {
  private final ScoringService service;

  InstancesController(ScoringService service) {
    this.service = service;
  }

  /**
   * The profile of an ID as this instance has it.
   *
   * @param id canonical ID
   */
  @Get("/{id}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  HttpResponse<byte[]> profile(String id) {
    return service.profileHere(id).map(this::answer).orElseGet(HttpResponse::noContent);
  }

  private MutableHttpResponse<byte[]> answer(FoundProfile found) {
    MutableHttpResponse<byte[]> answer =
        HttpResponse.ok(service.transfer().encode(found.profile()));
    Long lag = found.standbyLag();
    return lag == null ? answer : answer.header(ProfileTransfer.LAG_HEADER, lag.toString());
  }

  @Error(exception = StoreUnavailableException.class)
  HttpResponse<?> onUnavailable() {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE);
  }
}
