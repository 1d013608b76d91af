package dev.presage.retrain.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.presage.retrain.mlflow.ExportState.Outcome;
import dev.presage.retrain.runs.RunState;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.schedule.Occasion;
import dev.presage.schemas.registry.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the export makes of a server that answers, refuses, hangs, or is not there. */
class MlflowExportTest {
  private static ExportedRun exported;

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;

  private record Answer(int status, String body) {}

  @BeforeAll
  static void train() throws Exception {
    exported = new ExportedRun();
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    answers.put(
        "experiments/get-by-name",
        new Answer(
            200, "{\"experiment\": {\"experiment_id\": \"7\", \"lifecycle_stage\": \"active\"}}"));
    answers.put("experiments/create", new Answer(200, "{\"experiment_id\": \"8\"}"));
    answers.put(
        "runs/create",
        new Answer(
            200,
            "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\": \"mlflow-artifacts:/7/r1/artifacts\"}}}"));
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
  }

  @Test
  void shouldWriteParamsMetricsTagsAndArtefacts() {
    ExportState state = export(Duration.ofSeconds(10), Credentials.bearer("secret"));

    assertThat(state.outcome()).as(state.toString()).isEqualTo(Outcome.EXPORTED);
    assertThat(state.mlflowRun()).isEqualTo("r1");
    assertThat(String.valueOf(state.page())).endsWith("/#/experiments/7/runs/r1");
    assertThat(asked)
        .anyMatch(it -> it.startsWith("POST runs/create") && it.contains("\"presage.trait\""))
        .anyMatch(it -> it.startsWith("POST runs/log-batch") && it.contains("\"params\""))
        .anyMatch(it -> it.startsWith("POST runs/log-batch") && it.contains("\"key\":\"auc\""))
        .anyMatch(
            it ->
                it.startsWith(
                    "PUT /api/2.0/mlflow-artifacts/artifacts/7/r1/artifacts/model/model."))
        .anyMatch(it -> it.contains("/artifacts/report.html <!doctype html>"))
        .anyMatch(it -> it.contains("/artifacts/report.json {\"run\":"))
        .anyMatch(it -> it.startsWith("POST runs/update") && it.contains("FINISHED"));
    assertThat(authorizations).containsOnly("Bearer secret");
  }

  @Test
  void shouldMakeTheExperimentWhereItIsNotThere() {
    answers.put(
        "experiments/get-by-name",
        new Answer(404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"none\"}"));

    assertThat(export().outcome()).isEqualTo(Outcome.EXPORTED);
    assertThat(asked)
        .anyMatch(it -> it.startsWith("POST experiments/create") && it.contains("my models"))
        .anyMatch(
            it -> it.startsWith("POST runs/create") && it.contains("\"experiment_id\":\"8\""));
  }

  @Test
  void shouldSayWhatTheServerRefusedAndMarkTheCopyAsFailed() {
    answers.put(
        "runs/log-batch",
        new Answer(
            400,
            "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"too long a value\"}"));

    ExportState state = export();

    assertThat(state.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(state.reason())
        .contains("answered 400 to /api/2.0/mlflow/runs/log-batch: too long a value");
    assertThat(asked).anyMatch(it -> it.startsWith("POST runs/update") && it.contains("FAILED"));
  }

  @Test
  void shouldSayThatTheExperimentWasDeleted() {
    answers.put(
        "experiments/get-by-name",
        new Answer(
            200, "{\"experiment\": {\"experiment_id\": \"7\", \"lifecycle_stage\": \"deleted\"}}"));

    assertThat(export().reason()).contains("experiment my models was deleted at MLflow");
  }

  @Test
  void shouldSayThatFilesCannotBeWritten() {
    answers.put(
        "runs/create",
        new Answer(
            200,
            "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\": \"s3://bucket/r1\"}}}"));

    assertThat(export().reason()).contains("s3://bucket/r1").contains("--serve-artifacts");
  }

  @Test
  void shouldSayThatSomethingElseAnswers() {
    answers.put("experiments/get-by-name", new Answer(404, "<html>nginx</html>"));
    assertThat(export().reason()).contains("answered 404").contains("nginx");

    answers.put("experiments/get-by-name", new Answer(200, "<html>login</html>"));
    assertThat(export().reason()).contains("is not MLflow");
  }

  @Test
  void shouldGiveUpOnAServerThatHangs() {
    answers.put("runs/create", new Answer(0, ""));

    ExportState state = export(Duration.ofMillis(200), Credentials.none());

    assertThat(state.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(state.reason()).contains("does not answer").contains("timed out");
  }

  @Test
  void shouldGiveUpOnAServerThatIsNotThere() {
    server.stop(0);

    assertThat(export().reason()).contains("does not answer");
  }

  @Test
  void shouldPassOverRunsThatMadeNoModel() {
    try (MlflowExport export = new MlflowExport(settings(Duration.ofSeconds(1)), exported)) {
      RunStatus nothing =
          new RunStatus(
              "r0",
              "t",
              Occasion.BY_HAND,
              RunState.HELD,
              "over",
              1,
              1,
              9,
              Instant.EPOCH,
              null,
              null,
              null);
      export.take(nothing);

      assertThat(export.state("r0")).isEmpty();
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void shouldEndWithTheRetrainerThoughTheServerHangs() {
    answers.put("runs/create", new Answer(0, ""));
    MlflowExport export = new MlflowExport(settings(Duration.ofMinutes(5)), exported);
    export.take(exported.run());
    await().until(() -> asked.stream().anyMatch(it -> it.startsWith("POST runs/create")));

    export.close();

    assertThat(export.state(exported.run().id()).orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void shouldCutWhatMlflowDoesNotTake() {
    MlflowRun run =
        new MlflowRun(
            "name",
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of(),
            Map.of("a:b\u00e4", "x".repeat(600)),
            Map.of("nan", Double.NaN, "auc", 0.5),
            List.of());

    assertThat(run.params()).containsOnlyKeys("a_b_");
    assertThat(run.params().get("a_b_")).hasSize(500).endsWith("…");
    assertThat(run.metrics()).containsOnlyKeys("auc");
  }

  private ExportState export() {
    return export(Duration.ofSeconds(10), Credentials.none());
  }

  private ExportState export(Duration timeout, Credentials credentials) {
    MlflowSettings settings = new MlflowSettings(url(), "my models", credentials, timeout);
    try (MlflowExport export = new MlflowExport(settings, exported)) {
      export.take(exported.run());
      String id = exported.run().id();
      await().until(() -> export.state(id).orElseThrow().outcome() != Outcome.WAITING);
      ExportState state = export.state(id).orElseThrow();
      assertThat(export.ended(state.outcome())).isEqualTo(1);
      return state;
    }
  }

  private MlflowSettings settings(Duration timeout) {
    return new MlflowSettings(url(), "my models", Credentials.none(), timeout);
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String call = path.replace("/api/2.0/mlflow/", "");
    asked.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                call,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    Answer answer = answers.getOrDefault(call, new Answer(200, "{}"));
    if (answer.status() == 0) {
      hang();
    } else {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private void hang() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
