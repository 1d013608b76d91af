package dev.presage.retrain.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.retrain.mlflow.ExportState.Outcome;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.registry.Credentials;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy on a real MLflow server, where one is installed. */
class MlflowServerIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void shouldBeFoundAgainAsItWasWritten() throws Exception {
    Optional<Path> mlflow = installed();
    assumeTrue(
        mlflow.isPresent(),
        "There is no mlflow on the PATH; 'pip install mlflow' and put it there to run this test");
    int port = freePort();
    URI url = URI.create("http://127.0.0.1:" + port);
    Process server = start(mlflow.get(), port);
    try {
      await().atMost(LONGEST_START).until(() -> !server.isAlive() || isHealthy(url));
      assertThat(server.isAlive()).as("its log: %s", log()).isTrue();
      ExportedRun exported = new ExportedRun();
      MlflowSettings settings =
          new MlflowSettings(url, "presage test", Credentials.none(), Duration.ofSeconds(30));
      try (MlflowExport export = new MlflowExport(settings, exported)) {
        export.take(exported.run());
        String id = exported.run().id();
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> export.state(id).orElseThrow().outcome() != Outcome.WAITING);
        ExportState state = export.state(id).orElseThrow();
        assertThat(state.outcome()).as("%s", state.reason()).isEqualTo(Outcome.EXPORTED);
        assertThatItIsThere(url, String.valueOf(state.mlflowRun()), exported);

        export.take(exported.run());
        await().until(() -> export.ended(Outcome.EXPORTED) == 2);
      }
    } finally {
      stop(server);
    }
  }

  private void assertThatItIsThere(URI url, String id, ExportedRun exported) throws Exception {
    ModelArtefact model = exported.model();
    JsonNode run = JSON.readTree(get(url + "/api/2.0/mlflow/runs/get?run_id=" + id)).path("run");
    assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
    assertThat(run.path("info").path("run_name").asText())
        .isEqualTo("likely-to-order " + model.getVersion());
    JsonNode data = run.path("data");
    assertThat(entries(data.path("tags")))
        .containsEntry("presage.trait", "likely-to-order")
        .containsEntry("presage.run", exported.run().id())
        .containsEntry("presage.stage", "LIVE")
        .containsEntry("mlflow.note.content", exported.run().reason());
    assertThat(entries(data.path("params")))
        .hasSameSizeAs(model.getLineage().getParameters())
        .containsEntry("candidate", model.getLineage().getParameters().get("candidate"));
    Map<String, String> metrics = entries(data.path("metrics"));
    assertThat(metrics).hasSameSizeAs(model.getMetrics());
    model
        .getMetrics()
        .forEach(
            (name, value) ->
                assertThat(Double.parseDouble(String.valueOf(metrics.get(name))))
                    .as(name)
                    .isEqualTo(value));
    String files = url + "/get-artifact?run_uuid=" + id + "&path=";
    assertThat(get(files + "report.html"))
        .startsWith("<!doctype html>")
        .contains("likely-to-order");
    assertThat(JSON.readTree(get(files + "report.json")).path("run").asText())
        .isEqualTo(exported.run().id());
    assertThat(get(files + "features.txt").lines())
        .containsExactlyElementsOf(model.getFeatureSchema().getFeatures());
    assertThat(get(url + "/api/2.0/mlflow/artifacts/list?run_id=" + id + "&path=model"))
        .contains("\"file_size\": " + model.getPayload().remaining());
  }

  private static Map<String, String> entries(JsonNode list) {
    Map<String, String> entries = new HashMap<>();
    list.forEach(it -> entries.put(it.path("key").asText(), it.path("value").asText()));
    return entries;
  }

  private boolean isHealthy(URI url) {
    try {
      return get(url + "/health").equals("OK");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  private String get(String address) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Process start(Path mlflow, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            mlflow.toString(),
            "server",
            "--host",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--workers",
            "1",
            "--backend-store-uri",
            "sqlite:///" + folder.resolve("mlflow.db"),
            "--artifacts-destination",
            folder.resolve("files").toString());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("mlflow.log").toFile());
    return builder.directory(folder.toFile()).start();
  }

  /** With its workers, which are processes of their own. */
  private static void stop(Process server) throws InterruptedException {
    server.descendants().forEach(ProcessHandle::destroy);
    server.destroy();
    if (!server.waitFor(20, TimeUnit.SECONDS)) {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      var unused = server.destroyForcibly().waitFor();
    }
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("mlflow.log"));
  }

  private static Optional<Path> installed() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(it -> !it.isEmpty())
        .map(it -> Path.of(it, "mlflow"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
