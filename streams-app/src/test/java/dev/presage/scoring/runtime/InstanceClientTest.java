package dev.presage.scoring.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.presage.features.FeatureEngine;
import dev.presage.scoring.TestFeatures;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.profile.Profile;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // JUnit calls start() first.
class InstanceClientTest {
  private static final String ID = "secret-id";

  private final ProfileTransfer transfer =
      new ProfileTransfer(EntityType.CUSTOMER, new FeatureEngine(TestFeatures.declarations()));
  private final byte[] profile = transfer.encode(profileAt(1_000));
  private final List<String> paths = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch done = new CountDownLatch(1);
  private HttpServer server;
  private HostInfo instance;
  private InstanceClient client;

  /** What the other instance does. */
  private Answer answer = exchange -> respond(exchange, 204, new byte[0]);

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          paths.add(exchange.getRequestURI().getRawPath());
          answer.to(exchange);
        });
    server.start();
    instance = new HostInfo("127.0.0.1", server.getAddress().getPort());
    client = new InstanceClient(transfer, Duration.ofSeconds(30));
  }

  @AfterEach
  void stop() {
    done.countDown();
    client.close();
    server.stop(0);
  }

  @Test
  void shouldReadTheProfileThatTheOtherInstanceGives() {
    answer = exchange -> respond(exchange, 200, profile);

    Optional<FoundProfile> found = client.ask(instance, ID);

    assertThat(found.orElseThrow().isStandby()).isFalse();
    assertThat(found.orElseThrow().profile().features().newestEventMillis()).isEqualTo(1_000);
    assertThat(paths).containsExactly("/internal/v1/profiles/secret-id");
  }

  @Test
  void shouldTellTheLagOfAStandbyReplica() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add(ProfileTransfer.LAG_HEADER, "42");
          respond(exchange, 200, profile);
        };

    assertThat(client.ask(instance, ID).orElseThrow().standbyLag()).isEqualTo(42);
  }

  @Test
  void shouldTakeNoContentForAnUnknownIdAndNotFoundForAnotherService() {
    assertThat(client.ask(instance, ID)).isEmpty();

    answer = exchange -> respond(exchange, 404, new byte[0]);
    assertFails("answered with status 404");
  }

  @Test
  void shouldKeepEveryCharacterOfAnIdWithinItsPartOfThePath() {
    String id = "../a/b?c=d#e%2F&f g+h\u00fc\ud83d\ude00\r\n.";

    client.ask(instance, id);

    String encoded = paths.getFirst().substring("/internal/v1/profiles/".length());
    assertThat(encoded).matches("([a-zA-Z0-9-]|%[0-9A-F]{2})+");
    assertThat(URLDecoder.decode(encoded, StandardCharsets.UTF_8)).isEqualTo(id);
  }

  @Test
  void shouldWriteAnAddressOfVersionSixInBrackets() {
    assertThat(InstanceClient.address(new HostInfo("::1", 80), "u", ""))
        .hasToString("http://[::1]:80/internal/v1/profiles/u");
  }

  @Test
  void shouldAskForAnItemAsOne() {
    FeatureEngine engine = new FeatureEngine(TestFeatures.declarations());
    ProfileTransfer ofItems = new ProfileTransfer(new EntityType("item", "productId"), engine);

    assertThat(InstanceClient.address(new HostInfo("h", 80), "?&", ofItems.query()))
        .hasToString("http://h:80/internal/v1/profiles/%3F%26?entityType=item");
  }

  @Test
  void shouldRefuseAnAnswerThatIsNoProfile() {
    answer = exchange -> respond(exchange, 200, new byte[] {9, 9});

    assertFails("another version may be running there");
  }

  @Test
  void shouldRefuseALagThatIsNoNumber() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add(ProfileTransfer.LAG_HEADER, "much");
          respond(exchange, 200, profile);
        };

    assertFails("a lag that is no number");
  }

  @Test
  void shouldStopReadingAnAnswerThatIsTooLarge() {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] mebibyte = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
              out.write(mebibyte);
            }
          }
        };

    assertFails("could not be asked: IOException");
  }

  @Test
  void shouldNotFollowARedirect() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
          respond(exchange, 307, new byte[0]);
        };

    assertFails("answered with status 307");
  }

  @Test
  void shouldNotWaitLongerThanItsTimeEvenForTheBody() {
    answer =
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          awaitDone();
        };
    try (InstanceClient hasty = new InstanceClient(transfer, Duration.ofMillis(200))) {
      assertThatThrownBy(() -> hasty.ask(instance, ID))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("did not answer within 200 ms");
    }
  }

  @Test
  void shouldSayWhichInstanceIsGone() {
    server.stop(0);

    assertFails("The instance at 127.0.0.1:" + instance.port() + " could not be asked");
  }

  private void assertFails(String message) {
    assertThatThrownBy(() -> client.ask(instance, ID))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain(ID);
  }

  private void awaitDone() {
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Profile profileAt(long millis) {
    Profile profile = new Profile(new FeatureEngine(TestFeatures.declarations()).newState());
    profile.features().advanceTo(millis);
    return profile;
  }
}
