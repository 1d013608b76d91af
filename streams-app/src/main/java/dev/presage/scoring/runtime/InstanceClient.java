package dev.presage.scoring.runtime;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.state.HostInfo;

/** Asks other instances over HTTP, as {@link ProfileTransfer} says. */
final class InstanceClient implements OtherInstances, AutoCloseable {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final ProfileTransfer transfer;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * Makes a client.
   *
   * @param transfer reads what they answer
   * @param timeout of a whole question
   */
  InstanceClient(ProfileTransfer transfer, Duration timeout) {
    this.transfer = transfer;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Optional<FoundProfile> ask(HostInfo instance, String id) {
    HttpRequest request =
        HttpRequest.newBuilder(address(instance, id, transfer.query()))
            .timeout(timeout)
            .GET()
            .build();
    // The request's own time-out ends with the headers.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ProfileTransfer.LARGEST_BYTES));
    try {
      return read(instance, answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw failure(instance, "did not answer within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      // Its message may hold the address, which has the ID.
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw failure(instance, "could not be asked: " + cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(instance, "was not waited for");
    } finally {
      answer.cancel(true);
    }
  }

  private Optional<FoundProfile> read(HostInfo instance, HttpResponse<byte[]> answer) {
    return switch (answer.statusCode()) {
      case 200 -> Optional.of(profile(instance, answer));
      case 204 -> Optional.empty();
      default -> throw failure(instance, "answered with status " + answer.statusCode());
    };
  }

  private FoundProfile profile(HostInfo instance, HttpResponse<byte[]> answer) {
    try {
      Long lag =
          answer.headers().firstValue(ProfileTransfer.LAG_HEADER).map(Long::valueOf).orElse(null);
      return new FoundProfile(transfer.decode(answer.body()), lag);
    } catch (NumberFormatException e) {
      throw failure(instance, "answered with a lag that is no number");
    } catch (StoreUnavailableException e) {
      throw failure(instance, "was asked, but " + e.getMessage());
    }
  }

  private static StoreUnavailableException failure(HostInfo instance, String what) {
    return new StoreUnavailableException(
        "The instance at %s:%d %s".formatted(instance.host(), instance.port(), what));
  }

  static URI address(HostInfo instance, String id, String query) {
    String host = instance.host().contains(":") ? "[" + instance.host() + "]" : instance.host();
    return URI.create(
        "http://%s:%d%s/%s%s"
            .formatted(host, instance.port(), ProfileTransfer.PATH, encoded(id), query));
  }

  /** Every byte but letters, digits and hyphens, so that no ID can mean anything in a path. */
  private static String encoded(String id) {
    StringBuilder text = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      if ((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-') {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
