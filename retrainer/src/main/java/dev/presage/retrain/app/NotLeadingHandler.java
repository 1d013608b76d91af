package dev.presage.retrain.app;

import dev.failsafe.FailsafeException;
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
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends who asks for a run to the retrainer that leads. */
@Singleton
class NotLeadingHandler implements ExceptionHandler<NotLeadingException, HttpResponse<?>> {
  private static final Logger log = LoggerFactory.getLogger(NotLeadingHandler.class);

  private final Retrainer retrainer;

  NotLeadingHandler(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Override
  @SuppressWarnings("rawtypes") // The interface's own signature.
  public HttpResponse<?> handle(HttpRequest request, NotLeadingException exception) {
    Optional<URI> leader = leader();
    if (leader.isPresent()) {
      String base = leader.get().toString();
      return HttpResponse.temporaryRedirect(
          URI.create(
              (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                  + request.getUri()));
    }
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, "1")
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .body(
            new Problem(
                "No retrainer has been elected to train; ask again, and look whether the broker is well",
                null));
  }

  /** Only where it is an address: any member of the group can give itself any name. */
  private Optional<URI> leader() {
    try {
      return retrainer.leader().map(URI::create).filter(NotLeadingHandler::isHttp);
    } catch (KafkaException | FailsafeException | IllegalArgumentException e) {
      log.warn("It is not known who leads: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isHttp(URI address) {
    return address.getHost() != null
        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()));
  }
}
