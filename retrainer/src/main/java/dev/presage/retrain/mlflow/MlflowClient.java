package dev.presage.retrain.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.presage.retrain.mlflow.MlflowRun.Artefact;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** MLflow's REST API 2.0, as far as a run is written with it. Thread-safe. */
final class MlflowClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String FILES_SCHEME = "mlflow-artifacts";
  private static final int NOT_FOUND = 404;
  private static final int FIRST_ERROR_STATUS = 400;
  private static final int LONGEST_MESSAGE = 300;

  /** What one request takes of params, and of metrics. */
  private static final int MOST_AT_ONCE = 100;

  private final MlflowSettings settings;
  private final String url;
  private final HttpClient http;

  MlflowClient(MlflowSettings settings) {
    this.settings = settings;
    this.url = settings.url().toString().replaceAll("/+$", "");
    this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
  }

  /**
   * What was written.
   *
   * @param id MLflow's ID of the run
   * @param page where people find it
   */
  record Written(String id, URI page) {}

  /**
   * Writes a run.
   *
   * @throws MlflowException where it could not be written; what was written of it by then is marked
   *     as failed there
   * @throws InterruptedException where the thread is interrupted
   */
  Written write(MlflowRun run) throws MlflowException, InterruptedException {
    String experiment = experiment();
    ObjectNode create =
        JSON.createObjectNode()
            .put("experiment_id", experiment)
            .put("run_name", run.name())
            .put("start_time", run.startedAt().toEpochMilli());
    ArrayNode tags = create.putArray("tags");
    new TreeMap<>(run.tags())
        .forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    JsonNode info = post("runs/create", create).path("run").path("info");
    String id = info.path("run_id").asText();
    boolean isDone = false;
    try {
      log(id, run);
      for (Artefact artefact : run.artefacts()) {
        upload(info.path("artifact_uri").asText(), artefact);
      }
      end(id, "FINISHED", run.endedAt());
      isDone = true;
    } finally {
      if (!isDone) {
        abandon(id, run.endedAt());
      }
    }
    return new Written(
        id, URI.create("%s/#/experiments/%s/runs/%s".formatted(url, experiment, id)));
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  private String experiment() throws MlflowException, InterruptedException {
    String find =
        "experiments/get-by-name?experiment_name="
            + URLEncoder.encode(settings.experiment(), StandardCharsets.UTF_8);
    HttpResponse<String> found = send(request(API + find).GET());
    if (found.statusCode() == NOT_FOUND && isResourceMissing(found)) {
      return post("experiments/create", JSON.createObjectNode().put("name", settings.experiment()))
          .path("experiment_id")
          .asText();
    }
    JsonNode experiment = checked(found).path("experiment");
    if (experiment.path("lifecycle_stage").asText().equals("deleted")) {
      throw new MlflowException(
          "experiment %s was deleted at MLflow; restore it there, or name another in"
                  .formatted(settings.experiment())
              + " presage.mlflow.experiment",
          null);
    }
    return experiment.path("experiment_id").asText();
  }

  /** And not that there is no MLflow at this address. */
  private static boolean isResourceMissing(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body())
          .path("error_code")
          .asText()
          .equals("RESOURCE_DOES_NOT_EXIST");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private void log(String id, MlflowRun run) throws MlflowException, InterruptedException {
    long time = run.endedAt().toEpochMilli();
    for (List<Map.Entry<String, String>> some : divided(run.params())) {
      ObjectNode batch = JSON.createObjectNode().put("run_id", id);
      ArrayNode params = batch.putArray("params");
      some.forEach(it -> params.addObject().put("key", it.getKey()).put("value", it.getValue()));
      var unused = post("runs/log-batch", batch);
    }
    for (List<Map.Entry<String, Double>> some : divided(run.metrics())) {
      ObjectNode batch = JSON.createObjectNode().put("run_id", id);
      ArrayNode metrics = batch.putArray("metrics");
      some.forEach(
          it ->
              metrics
                  .addObject()
                  .put("key", it.getKey())
                  .put("value", it.getValue())
                  .put("timestamp", time)
                  .put("step", 0));
      var unused = post("runs/log-batch", batch);
    }
  }

  private static <V> List<List<Map.Entry<String, V>>> divided(Map<String, V> all) {
    List<Map.Entry<String, V>> entries = List.copyOf(new TreeMap<>(all).entrySet());
    List<List<Map.Entry<String, V>>> divided = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += MOST_AT_ONCE) {
      divided.add(entries.subList(from, Math.min(entries.size(), from + MOST_AT_ONCE)));
    }
    return divided;
  }

  /** Only a server that passes files on can be given one without a client of its store. */
  private void upload(String folder, Artefact artefact)
      throws MlflowException, InterruptedException {
    URI uri = URI.create(folder);
    if (!FILES_SCHEME.equals(uri.getScheme())) {
      throw new MlflowException(
          "MLflow keeps files at %s and does not pass them on; start it with --serve-artifacts, and use an experiment that was made since"
              .formatted(folder),
          null);
    }
    String path = uri.getPath().replaceAll("^/+", "") + "/" + artefact.path();
    var unused =
        checked(
            send(
                request(FILES + path)
                    .header("Content-Type", "application/octet-stream")
                    .PUT(BodyPublishers.ofByteArray(artefact.bytes()))));
  }

  private void end(String id, String status, Instant endedAt)
      throws MlflowException, InterruptedException {
    var unused =
        post(
            "runs/update",
            JSON.createObjectNode()
                .put("run_id", id)
                .put("status", status)
                .put("end_time", endedAt.toEpochMilli()));
  }

  private void abandon(String id, Instant endedAt) throws InterruptedException {
    try {
      end(id, "FAILED", endedAt);
    } catch (MlflowException e) {
      // What went wrong before is what is told.
    }
  }

  private JsonNode post(String path, JsonNode body) throws MlflowException, InterruptedException {
    return checked(
        send(
            request(API + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(settings.timeout());
    settings.credentials().authorization().ifPresent(it -> request.header("Authorization", it));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws MlflowException, InterruptedException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new MlflowException("MLflow at %s does not answer: %s".formatted(url, e), e);
    }
  }

  private JsonNode checked(HttpResponse<String> response) throws MlflowException {
    if (response.statusCode() >= FIRST_ERROR_STATUS) {
      throw new MlflowException(
          "MLflow at %s answered %d to %s: %s"
              .formatted(
                  url,
                  response.statusCode(),
                  response.request().uri().getPath(),
                  message(response.body())),
          null);
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new MlflowException("What answers at %s is not MLflow".formatted(url), e);
    }
  }

  private static String message(String body) {
    String message = body.strip();
    try {
      message = JSON.readTree(body).path("message").asText(message);
    } catch (JsonProcessingException e) {
      // Then it is shown as it is.
      return shortened(message);
    }
    return shortened(message);
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
