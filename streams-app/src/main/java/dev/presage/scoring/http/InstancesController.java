package dev.presage.scoring.http;

import dev.presage.scoring.EntityProfiles;
import dev.presage.scoring.entity.EntityType;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;

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
   * @param entityType what is profiled; customers where it is not given
   */
  @Get("/{id}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  HttpResponse<byte[]> profile(String id, @Nullable @QueryValue String entityType) {
    EntityType type =
        service
            .entity(entityType == null ? EntityType.CUSTOMER.name() : entityType)
            .map(EntityProfiles::type)
            .orElseThrow(() -> new StoreUnavailableException("There is no such entity type here"));
    return service
        .profileHere(type, id)
        .map(found -> answer(found, service.transfer(type)))
        .orElseGet(HttpResponse::noContent);
  }

  private static MutableHttpResponse<byte[]> answer(FoundProfile found, ProfileTransfer transfer) {
    MutableHttpResponse<byte[]> answer = HttpResponse.ok(transfer.encode(found.profile()));
    Long lag = found.standbyLag();
    return lag == null ? answer : answer.header(ProfileTransfer.LAG_HEADER, lag.toString());
  }

  @Error(exception = StoreUnavailableException.class)
  HttpResponse<?> onUnavailable() {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE);
  }
}
