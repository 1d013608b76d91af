package dev.presage.local.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.connection.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The streams application's HTTP API; where another instance has the profile, that one's. */
public final class ProfilesClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final URI url;

  /** Talks to the streams application at an address such as {@code http://127.0.0.1:8080}. */
  public ProfilesClient(URI url) {
    this.url = url;
  }

  /**
   * The features of a profile, explained.
   *
   * @param asOf event time at which they are to hold; null: the newest event of the profile
   * @throws ProfilesException when nothing is known of the ID, or it cannot be answered now
   * @throws UnreachableException when the streams application does not answer
   */
  public JsonNode features(String id, @Nullable Instant asOf) {
    String path =
        "/v1/profiles/" + encoded(id) + "/features" + (asOf == null ? "" : "?asOf=" + asOf);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new ProfilesException(
            response.statusCode(), "profile '" + TerminalText.of(id) + "': " + message(response));
      }
      JsonNode answer = JSON.readTree(response.body());
      if (!answer.path("features").isArray()) {
        throw new ProfilesException(
            response.statusCode(), "What answers at " + url + " is not a streams application");
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new UnreachableException("What answers at " + url + " is not a streams application", e);
    } catch (IOException e) {
      throw new UnreachableException("No streams application answers at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(
          "Interrupted while asking the streams application at " + url, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** What the answer says, for people. */
  private static String message(HttpResponse<String> response) {
    String plain =
        "%s answered %d %s"
            .formatted(response.uri(), response.statusCode(), response.body().strip());
    try {
      return TerminalText.of(JSON.readTree(response.body()).path("message").asText(plain));
    } catch (JsonProcessingException e) {
      return TerminalText.of(plain);
    }
  }

  private static String encoded(String pathSegment) {
    return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
