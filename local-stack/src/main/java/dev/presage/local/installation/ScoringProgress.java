package dev.presage.local.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the streams application does beside events: silent profiles, and the sweep. */
public final class ScoringProgress implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final HttpRequest request;

  /** Asks the streams application at an address such as {@code http://127.0.0.1:8080}. */
  public ScoringProgress(URI url) {
    this.request = HttpRequest.newBuilder(URI.create(url + "/v1/progress")).timeout(ANSWER).build();
  }

  /**
   * Whether nothing is left to do for the events that it has processed. False where it does not
   * answer or has no partitions, as it is about to start then.
   */
  public boolean isSettled() {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == OK && isSettled(JSON.readTree(response.body()));
    } catch (JsonProcessingException e) {
      throw new InstallationException(
          "What answers at " + request.uri() + " is not a streams application", e);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isSettled(JsonNode progress) {
    return progress.path("settled").asBoolean() && !progress.path("partitions").isEmpty();
  }

  @Override
  public void close() {
    client.close();
  }
}
