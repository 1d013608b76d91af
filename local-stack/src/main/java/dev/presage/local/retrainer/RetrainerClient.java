package dev.presage.local.retrainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.mizosoft.methanol.MediaType;
import com.github.mizosoft.methanol.MultipartBodyPublisher;
import dev.presage.local.connection.UnreachableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The retrainer's HTTP API. */
public final class RetrainerClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(2);

  /** The whole history is read. */
  private static final Duration LONG_ANSWER = Duration.ofMinutes(30);

  private static final int FIRST_ERROR_STATUS = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL) // To the retrainer that leads.
          .build();
  private final URI url;

  /** Talks to the retrainer at an address such as {@code http://127.0.0.1:8090}. */
  public RetrainerClient(URI url) {
    this.url = url;
  }

  /**
   * Starts a training run.
   *
   * @throws RetrainerException when there is no such trait, or a run of it is under way
   * @throws UnreachableException when the retrainer does not answer
   */
  public TrainingRun start(String trait) {
    return TrainingRun.of(startRun(trait));
  }

  /**
   * Starts a training run; answers all that the retrainer says of it.
   *
   * @throws RetrainerException when there is no such trait, or a run of it is under way
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode startRun(String trait) {
    return send(post(trait(trait, "/runs")));
  }

  /**
   * All traits, by name.
   *
   * @throws UnreachableException when the retrainer does not answer
   */
  public List<JsonNode> traits() {
    List<JsonNode> traits = new ArrayList<>();
    send(request("/v1/traits").build()).forEach(traits::add);
    return traits;
  }

  /**
   * A trait: state, reason, last run, definition.
   *
   * @throws RetrainerException when there is none
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode trait(String trait) {
    return send(request(trait(trait, "")).build());
  }

  /**
   * Whether there is enough data for a trait.
   *
   * @throws RetrainerException when there is none
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode traitData(String trait) {
    return send(request(trait(trait, "/data")).timeout(LONG_ANSWER).build());
  }

  /**
   * Whether definitions are right, and whether there is enough data for them. Nothing is changed.
   *
   * @param definitions one, or several under {@code traits}, in YAML or JSON
   * @throws RetrainerException when they are wrong, with every problem
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode checkTraits(String definitions) {
    return send(definitions("/v1/traits?dryRun=true", definitions).timeout(LONG_ANSWER).build());
  }

  /**
   * Creates traits.
   *
   * @return the traits as they are then
   * @throws RetrainerException when a definition is wrong, or there is a trait of its name; nothing
   *     is changed then
   * @throws UnreachableException when the retrainer does not answer
   */
  public List<JsonNode> createTraits(String definitions) {
    return written(send(definitions("/v1/traits", definitions).build()));
  }

  /**
   * Creates traits, or replaces those that there are.
   *
   * @return the traits as they are then
   * @throws RetrainerException when a definition is wrong; nothing is changed then
   * @throws UnreachableException when the retrainer does not answer
   */
  public List<JsonNode> replaceTraits(String definitions) {
    List<JsonNode> written = new ArrayList<>();
    // All are checked before the first is written.
    JsonNode checked = send(definitions("/v1/traits?dryRun=true&data=false", definitions).build());
    for (JsonNode definition : checked.path("definitions")) {
      HttpRequest put =
          request(trait(definition.path("trait").asText(), ""))
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(definition.toString()))
              .build();
      written.addAll(written(send(put)));
    }
    return written;
  }

  /**
   * Puts a trait to rest.
   *
   * @throws RetrainerException when there is none
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode pauseTrait(String trait) {
    return send(post(trait(trait, "/pause")));
  }

  /**
   * Wakes a trait.
   *
   * @throws RetrainerException when there is none
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode resumeTrait(String trait) {
    return send(post(trait(trait, "/resume")));
  }

  /**
   * Deletes the definition of a trait.
   *
   * @throws RetrainerException when there is none, or a run of it is under way
   * @throws UnreachableException when the retrainer does not answer
   */
  public void deleteTrait(String trait) {
    var unused = text(request(trait(trait, "")).DELETE().build());
  }

  private static List<JsonNode> written(JsonNode answer) {
    List<JsonNode> written = new ArrayList<>();
    answer.path("traits").forEach(written::add);
    return written;
  }

  private HttpRequest.Builder definitions(String path, String definitions) {
    return request(path)
        .header("Content-Type", "application/yaml")
        .POST(HttpRequest.BodyPublishers.ofString(definitions));
  }

  private HttpRequest post(String path) {
    return request(path).POST(HttpRequest.BodyPublishers.noBody()).build();
  }

  private static String trait(String trait, String action) {
    return "/v1/traits/" + encoded(trait) + action;
  }

  /**
   * Starts a training run, or finds the one of the trait that is under way.
   *
   * @throws RetrainerException when there is no such trait, or it is paused
   * @throws UnreachableException when the retrainer does not answer
   */
  public TrainingRun startOrJoin(String trait) {
    try {
      return start(trait);
    } catch (RetrainerException e) {
      JsonNode last =
          e.status() == CONFLICT
              ? send(request("/v1/traits/" + encoded(trait)).build()).path("lastRun")
              : MissingNode.getInstance();
      if (!last.isObject() || TrainingRun.of(last).isOver()) {
        throw e;
      }
      return TrainingRun.of(last);
    }
  }

  /**
   * A run as it is now.
   *
   * @throws RetrainerException when there is no such run
   * @throws UnreachableException when the retrainer does not answer
   */
  public TrainingRun run(String id) {
    return TrainingRun.of(send(request("/v1/runs/" + encoded(id)).build()));
  }

  /**
   * All that the retrainer says of a run.
   *
   * @throws RetrainerException when there is no such run
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode wholeRun(String id) {
    return send(request("/v1/runs/" + encoded(id)).build());
  }

  /**
   * How well the scores that were served from a time on foretold what happened.
   *
   * @throws RetrainerException when there is no such trait
   * @throws UnreachableException when the retrainer does not answer
   */
  public Quality liveQuality(String trait, Instant from) {
    return Quality.of(
        send(request("/v1/traits/" + encoded(trait) + "/live-quality?from=" + from).build()));
  }

  /**
   * How well what consumers held once a week, from a time on, ranked all customers.
   *
   * @throws RetrainerException when there is no such trait
   * @throws UnreachableException when the retrainer does not answer
   */
  public SnapshotQuality snapshotQuality(String trait, Instant from) {
    return SnapshotQuality.of(
        send(request("/v1/traits/" + encoded(trait) + "/snapshot-quality?from=" + from).build()));
  }

  /**
   * What the last run of a trait found out.
   *
   * @throws RetrainerException when there is no such trait, or it had no run
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode report(String trait) {
    return send(request(reportPath(trait)).build());
  }

  /**
   * The same as a page.
   *
   * @throws RetrainerException when there is no such trait, or it had no run
   * @throws UnreachableException when the retrainer does not answer
   */
  public String reportPage(String trait) {
    return text(request(reportPath(trait)).setHeader("Accept", "text/html").build());
  }

  private String reportPath(String trait) {
    JsonNode status = send(request("/v1/traits/" + encoded(trait)).build());
    String run = status.path("lastRun").path("id").asText("");
    if (run.isEmpty()) {
      throw new RetrainerException(
          NOT_FOUND,
          "%s had no run since the retrainer was started; start one with './presage train %s'"
              .formatted(trait, trait));
    }
    return "/v1/runs/" + encoded(run) + "/report";
  }

  /**
   * The versions of models that there are, those that were published last at the end.
   *
   * @param trait those of one trait; of all where it is not given
   * @throws UnreachableException when the retrainer does not answer
   */
  public List<ModelVersion> models(Optional<String> trait) {
    String query = trait.map(it -> "?trait=" + encoded(it)).orElse("");
    List<ModelVersion> models = new ArrayList<>();
    send(request("/v1/models" + query).build()).forEach(it -> models.add(ModelVersion.of(it)));
    return models;
  }

  /**
   * A version as it is now.
   *
   * @throws RetrainerException when there is no such version
   * @throws UnreachableException when the retrainer does not answer
   */
  public ModelVersion model(String trait, String version) {
    return ModelVersion.of(send(request(path(trait, version)).build()));
  }

  /**
   * What differs between two versions.
   *
   * @throws RetrainerException when one of them is not there
   * @throws UnreachableException when the retrainer does not answer
   */
  public JsonNode modelDiff(String trait, String from, String to) {
    return send(request(diffPath(trait, from, to)).build());
  }

  /**
   * The same as a page.
   *
   * @throws RetrainerException when one of them is not there
   * @throws UnreachableException when the retrainer does not answer
   */
  public String modelDiffPage(String trait, String from, String to) {
    return text(request(diffPath(trait, from, to)).setHeader("Accept", "text/html").build());
  }

  private static String diffPath(String trait, String from, String to) {
    return "/v1/models/%s/diff?from=%s&to=%s".formatted(encoded(trait), encoded(from), encoded(to));
  }

  /**
   * Brings a model in.
   *
   * @throws RetrainerException when it is refused; nothing is published then
   * @throws UnreachableException when the retrainer does not answer
   */
  public ModelVersion bringIn(ModelUpload upload) throws FileNotFoundException {
    MultipartBodyPublisher.Builder form =
        MultipartBodyPublisher.newBuilder()
            .filePart("model", upload.model(), MediaType.APPLICATION_OCTET_STREAM)
            .filePart("golden", upload.goldenRows(), MediaType.parse("text/csv"))
            .textPart("approvedBy", upload.approvedBy());
    upload.kind().ifPresent(it -> form.textPart("kind", it));
    upload.version().ifPresent(it -> form.textPart("version", it));
    upload.stage().ifPresent(it -> form.textPart("stage", it));
    upload.canaryShare().ifPresent(it -> form.textPart("canaryShare", it.toString()));
    upload.range().ifPresent(it -> form.textPart("range", it));
    MultipartBodyPublisher body = form.build();
    return ModelVersion.of(
        send(
            request("/v1/models/" + encoded(upload.trait()))
                .header("Content-Type", body.mediaType().toString())
                .POST(body)
                .build()));
  }

  /**
   * Changes what a version is used for.
   *
   * @param canaryShare the share of canonical IDs that it scores as a canary; as it is where it is
   *     not given
   * @throws RetrainerException when there is no such version or stage
   * @throws UnreachableException when the retrainer does not answer
   */
  public ModelVersion move(
      String trait, String version, String stage, Optional<Double> canaryShare, String approvedBy) {
    ObjectNode body = JSON.createObjectNode().put("stage", stage).put("approvedBy", approvedBy);
    canaryShare.ifPresent(it -> body.put("canaryShare", it));
    return ModelVersion.of(send(post(path(trait, version) + "/stage", body)));
  }

  /**
   * Retires the version that scores a trait; returns the one that scores instead.
   *
   * @throws RetrainerException when there was none before it
   * @throws UnreachableException when the retrainer does not answer
   */
  public ModelVersion rollBack(String trait, String approvedBy) {
    ObjectNode body = JSON.createObjectNode().put("approvedBy", approvedBy);
    return ModelVersion.of(send(post("/v1/models/" + encoded(trait) + "/rollback", body)));
  }

  private HttpRequest post(String path, JsonNode body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
        .build();
  }

  private static String path(String trait, String version) {
    return "/v1/models/" + encoded(trait) + "/" + encoded(version);
  }

  @Override
  public void close() {
    client.close();
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(url + pathAndQuery))
        .timeout(ANSWER)
        .header("Accept", "application/json");
  }

  private JsonNode send(HttpRequest request) {
    try {
      return JSON.readTree(text(request));
    } catch (JsonProcessingException e) {
      throw new UnreachableException("What answers at " + url + " is not a retrainer", e);
    }
  }

  private String text(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= FIRST_ERROR_STATUS) {
        throw new RetrainerException(
            response.statusCode(), message(response), problems(response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UnreachableException("No retrainer answers at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException("Interrupted while asking the retrainer at " + url, e);
    }
  }

  /** What the answer says, for people. */
  private static String message(HttpResponse<String> response) {
    String plain =
        "%s answered %d %s"
            .formatted(response.uri(), response.statusCode(), response.body().strip());
    try {
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() == CONFLICT && body.hasNonNull("id")) {
        TrainingRun run = TrainingRun.of(body);
        return "Run %s of %s is under way (%s); wait until it is over"
            .formatted(run.id(), run.trait(), run.state());
      }
      return body.path("message").asText(plain);
    } catch (JsonProcessingException e) {
      return plain;
    }
  }

  /** Everything that is wrong, where the answer lists it. */
  private static List<String> problems(String body) {
    List<String> problems = new ArrayList<>();
    try {
      JSON.readTree(body).path("problems").forEach(it -> problems.add(it.asText()));
    } catch (JsonProcessingException e) {
      // Then it lists nothing.
      return List.of();
    }
    return problems;
  }

  private static String encoded(String pathSegment) {
    return URLEncoder.encode(pathSegment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
