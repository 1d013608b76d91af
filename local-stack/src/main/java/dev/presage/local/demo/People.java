package dev.presage.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.schemas.avro.Cause;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.TraitUpdate;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** A device that turns out to be a customer's, and a customer who asks to be forgotten. */
final class People implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String DEVICE = "demo-device";
  private static final int ACCEPTED = 202;
  private static final int GONE = 410;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
  private final URI scoring;
  private final Producer<String, Event> producer;
  private final String topic;
  private final LiveFeed feed;
  private final Patience patience;

  /**
   * @param scoring address of the streams application
   * @param topic of events
   */
  People(
      URI scoring,
      Producer<String, Event> producer,
      String topic,
      LiveFeed feed,
      Patience patience) {
    this.scoring = scoring;
    this.producer = producer;
    this.topic = topic;
    this.feed = feed;
    this.patience = patience;
  }

  /** Links a device that ordered to a customer; returns when consumers have seen the merge. */
  void link(TraitUpdate customer) {
    long before = feed.traitUpdates(Cause.MERGE);
    Instant time = customer.getAsOf();
    send(order("demo-1", time.plusSeconds(60), null));
    send(order("demo-2", time.plusSeconds(120), customer.getCanonicalId()));
    patience.await("the device's profile moved", () -> feed.traitUpdates(Cause.MERGE) > before);
  }

  /** Erases a customer; returns when that was acknowledged and no instance knows them any more. */
  void erase(String customer) {
    URI profile =
        URI.create(
            scoring
                + "/v1/profiles/"
                + URLEncoder.encode(customer, StandardCharsets.UTF_8).replace("+", "%20"));
    HttpResponse<String> taken = ask(HttpRequest.newBuilder(profile).DELETE());
    if (taken.statusCode() != ACCEPTED) {
      throw new DemoException("The erasure was not taken: HTTP " + taken.statusCode());
    }
    String requestId = requestId(taken.body());
    patience.await("the erasure was acknowledged", () -> feed.isAcknowledged(requestId));
    patience.await(
        "the profile was gone", () -> ask(HttpRequest.newBuilder(profile)).statusCode() == GONE);
  }

  private static String requestId(String body) {
    try {
      return JSON.readTree(body).path("requestId").asText();
    } catch (IOException e) {
      throw new DemoException("The erasure was answered with something unexpected", e);
    }
  }

  private HttpResponse<String> ask(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new DemoException("The streams application does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("Interrupted", e);
    }
  }

  private void send(Event event) {
    var unused = producer.send(new ProducerRecord<>(topic, DEVICE, event));
  }

  private static Event order(String id, Instant time, @Nullable String userId) {
    return new Event(
        id,
        "order_completed",
        time,
        userId,
        DEVICE,
        Map.of("revenue", 25.0, "quantity", 10L, "country", "United Kingdom"));
  }

  @Override
  public void close() {
    client.close();
  }
}
