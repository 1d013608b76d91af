package dev.presage.retrain.app;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;

/** What a client would have an answer be. */
final class Accepted {
  private Accepted() {}

  /** Whether it would rather have a page than JSON, as browsers do. */
  static boolean isPage(HttpRequest<?> request) {
    return request.accept().stream()
        .filter(
            it ->
                it.matches(MediaType.APPLICATION_JSON_TYPE) || it.matches(MediaType.TEXT_HTML_TYPE))
        .findFirst()
        .filter(it -> it.getName().equals(MediaType.TEXT_HTML))
        .isPresent();
  }
}
