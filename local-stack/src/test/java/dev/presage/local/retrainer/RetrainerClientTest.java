package dev.presage.local.retrainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.presage.local.connection.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetrainerClientTest {

  private final Deque<String> asked = new ConcurrentLinkedDeque<>();
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private HttpServer server;
  private RetrainerClient client;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          Answer answer = answers.remove();
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client = new RetrainerClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void shouldFollowARunToItsEnd() {
    answers.add(new Answer(202, "{\"id\": \"r1\", \"trait\": \"t\", \"state\": \"QUEUED\"}"));
    answers.add(
        new Answer(
            200,
            "{\"id\": \"r1\", \"state\": \"TRAINING\", \"step\": \"trees\", \"progress\": 0.5}"));
    answers.add(
        new Answer(
            200,
            """
            {"id": "r1", "state": "PUBLISHED", "progress": 1.0, "modelVersion": "v1",
             "evaluation": {"rows": 10, "positives": 4,
               "model": {"auc": 0.8, "prAuc": 0.7, "logLoss": 0.5,
                 "calibration": [{"decile": 1, "rows": 1, "meanScore": 0.1, "rate": 0.0}]},
               "baseline": {"feature": "f", "auc": 0.7, "prAuc": "NaN", "logLoss": null}}}
            """));
    List<Double> progress = new ArrayList<>();

    TrainingRun started = client.start("t");
    TrainingRun run =
        new RunFollower(client).follow(started.id(), it -> progress.add(it.progress()));

    assertThat(asked)
        .containsExactly("POST /v1/traits/t/runs", "GET /v1/runs/r1", "GET /v1/runs/r1");
    assertThat(progress).containsExactly(0.5, 1.0);
    assertThat(run.isPublished()).isTrue();
    assertThat(run.modelVersion()).contains("v1");
    Quality quality = run.evaluation().orElseThrow();
    assertThat(quality.model().auc()).isEqualTo(0.8);
    assertThat(quality.model().calibration()).hasSize(1);
    assertThat(quality.baselineFeature()).isEqualTo("f");
    assertThat(quality.baseline().prAuc()).isNaN();
    assertThat(quality.baseline().logLoss()).isNaN();
  }

  @Test
  void shouldNotWaitForARunThatSomebodyEnded() {
    answers.add(new Answer(200, "{\"id\": \"r1\", \"state\": \"CANCELLED\"}"));

    assertThat(new RunFollower(client).follow("r1", it -> {}).isCancelled()).isTrue();
  }

  @Test
  void shouldAskForTheLiveQualityFromATime() {
    answers.add(new Answer(200, "{\"rows\": 5, \"openRows\": 2, \"positives\": 1}"));

    Quality quality = client.liveQuality("t", Instant.parse("2011-09-01T00:00:00Z"));

    assertThat(asked).containsExactly("GET /v1/traits/t/live-quality?from=2011-09-01T00:00:00Z");
    assertThat(quality.rows()).isEqualTo(5);
    assertThat(quality.openRows()).isEqualTo(2);
  }

  @Test
  void shouldAskForTheQualityOfSnapshotsFromATime() {
    answers.add(
        new Answer(
            200,
            "{\"snapshots\": 10, \"rows\": 5, \"positives\": 1, \"withoutValue\": 2, \"auc\": 0.75,"
                + " \"bestFeature\": \"orders_lifetime\", \"recencyAuc\": null}"));

    SnapshotQuality quality = client.snapshotQuality("t", Instant.parse("2011-09-01T00:00:00Z"));

    assertThat(asked)
        .containsExactly("GET /v1/traits/t/snapshot-quality?from=2011-09-01T00:00:00Z");
    assertThat(quality.snapshots()).isEqualTo(10);
    assertThat(quality.withoutValue()).isEqualTo(2);
    assertThat(quality.auc()).isEqualTo(0.75);
    assertThat(quality.bestFeature()).isEqualTo("orders_lifetime");
    assertThat(quality.recencyAuc()).isNaN();
  }

  @Test
  void shouldAskForTheReportOfTheLastRun() {
    answers.add(new Answer(200, "{\"trait\": \"t\", \"lastRun\": {\"id\": \"r 1\"}}"));
    answers.add(new Answer(200, "{\"run\": \"r 1\"}"));
    answers.add(new Answer(200, "{\"trait\": \"t\", \"lastRun\": {\"id\": \"r1\"}}"));
    answers.add(new Answer(200, "<!doctype html>"));
    answers.add(new Answer(200, "{\"trait\": \"t\", \"lastRun\": null}"));

    assertThat(client.report("t").path("run").asText()).isEqualTo("r 1");
    assertThat(client.reportPage("t")).isEqualTo("<!doctype html>");
    assertThatThrownBy(() -> client.report("t"))
        .isInstanceOf(RetrainerException.class)
        .hasMessage(
            "t had no run since the retrainer was started; start one with './presage train t'");
    assertThat(asked)
        .containsExactly(
            "GET /v1/traits/t",
            "GET /v1/runs/r%201/report",
            "GET /v1/traits/t",
            "GET /v1/runs/r1/report",
            "GET /v1/traits/t");
  }

  @Test
  void shouldPassOnWhyTheRetrainerRefuses() {
    answers.add(
        new Answer(
            404,
            "{\"message\": \"There is no trait x; there are t, u\", \"knownTraits\": [\"t\", \"u\"]}"));
    answers.add(new Answer(500, "no JSON"));

    assertThatThrownBy(() -> client.start("x"))
        .isInstanceOf(RetrainerException.class)
        .hasMessage("There is no trait x; there are t, u");
    assertThatThrownBy(() -> client.start("x"))
        .isInstanceOf(RetrainerException.class)
        .hasMessageContaining("answered 500 no JSON");
  }

  @Test
  void shouldSayThatARunIsUnderWay() {
    answers.add(new Answer(409, "{\"id\": \"r1\", \"trait\": \"t\", \"state\": \"TRAINING\"}"));

    assertThatThrownBy(() -> client.start("t"))
        .isInstanceOf(RetrainerException.class)
        .hasMessage("Run r1 of t is under way (TRAINING); wait until it is over");
  }

  @Test
  void shouldJoinTheRunThatIsUnderWay() {
    answers.add(new Answer(409, "{\"id\": \"r1\", \"trait\": \"t\", \"state\": \"TRAINING\"}"));
    answers.add(
        new Answer(
            200, "{\"lastRun\": {\"id\": \"r1\", \"trait\": \"t\", \"state\": \"EVALUATING\"}}"));

    assertThat(client.startOrJoin("t").id()).isEqualTo("r1");
    assertThat(asked).last().isEqualTo("GET /v1/traits/t");

    answers.add(new Answer(409, "{\"message\": \"Trait t is paused\"}"));
    answers.add(new Answer(200, "{\"lastRun\": null}"));
    assertThatThrownBy(() -> client.startOrJoin("t"))
        .isInstanceOf(RetrainerException.class)
        .hasMessage("Trait t is paused");
  }

  @Test
  void shouldNameTheAddressThatDoesNotAnswer() {
    int port = server.getAddress().getPort();
    server.stop(0);

    assertThatThrownBy(() -> client.start("t"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }
}
