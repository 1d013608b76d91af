package dev.presage.retrain.app;

import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.runs.NotLeadingException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** Sends who asks for a run to the retrainer that leads. */
@Singleton
class NotLeadingHandler implements ExceptionHandler<NotLeadingException, HttpResponse<?>> {
  private final Retrainer retrainer;

  NotLeadingHandler(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Override
  @SuppressWarnings("rawtypes") // The interface's own signature.
  public HttpResponse<?> handle(HttpRequest request, NotLeadingException exception) {
    Optional<String> leader = retrainer.leader();
    if (leader.isPresent()) {
      return HttpResponse.temporaryRedirect(URI.create(leader.get()).resolve(request.getUri()));
    }
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(
            new Problem(
                "No retrainer has been elected to train; ask again, and look whether the broker is well",
                null));
  }
}
