package dev.presage.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The registry's REST API, as Confluent documents it. */
final class HttpSchemaRegistry implements SchemaRegistry {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int SUBJECT_NOT_FOUND = 40401;
  private static final int VERSION_NOT_FOUND = 40402;
  private static final int SCHEMA_NOT_FOUND = 40403;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RegistryConfig config;
  private final String base;
  private final HttpClient http;
  private final RetryPolicy<HttpResponse<String>> retries;

  HttpSchemaRegistry(RegistryConfig config) {
    this.config = config;
    this.base = config.url().toString().replaceAll("/+$", "");
    this.http = HttpClient.newBuilder().connectTimeout(config.timeout()).build();
    this.retries =
        RetryPolicy.<HttpResponse<String>>builder()
            .handle(IOException.class)
            .handleResultIf(answer -> isPassing(answer.statusCode()))
            .withBackoff(Duration.ofMillis(100), Duration.ofSeconds(2))
            .withJitter(0.2)
            .withMaxAttempts(config.attempts())
            .build();
  }

  @Override
  public int register(String subject, Schema schema) {
    HttpResponse<String> answer =
        send(post("/subjects/" + escaped(subject) + "/versions", schema), "register " + subject);
    if (answer.statusCode() == 409) {
      throw new IncompatibleSchemaException(subject, answer.body());
    }
    JsonNode id = bodyOf(answer, "register " + subject).path("id");
    if (!id.isInt()) {
      throw unexpected("register " + subject, answer);
    }
    return id.intValue();
  }

  @Override
  public Schema byId(int id) {
    String what = "look up schema " + id;
    HttpResponse<String> answer = send(request("/schemas/ids/" + id).GET().build(), what);
    if (errorCode(answer) == SCHEMA_NOT_FOUND) {
      throw new UnknownSchemaException(id, base);
    }
    JsonNode body = bodyOf(answer, what);
    String type = body.path("schemaType").asText("AVRO");
    if (!"AVRO".equals(type)) {
      throw new UnreadableSchemaException(
          "Schema " + id + " at " + base + " is of type " + type + ", not AVRO");
    }
    try {
      return new Schema.Parser().parse(body.path("schema").asText());
    } catch (AvroRuntimeException e) {
      throw new UnreadableSchemaException("Schema " + id + " at " + base + " is not valid Avro", e);
    }
  }

  @Override
  public boolean isCompatible(String subject, Schema schema) {
    String what = "check the compatibility of " + subject;
    String path = "/compatibility/subjects/" + escaped(subject) + "/versions/latest";
    HttpResponse<String> answer = send(post(path, schema), what);
    int error = errorCode(answer);
    if (error == SUBJECT_NOT_FOUND || error == VERSION_NOT_FOUND) {
      return true;
    }
    return bodyOf(answer, what).path("is_compatible").asBoolean(false);
  }

  private HttpRequest post(String path, Schema schema) {
    String body;
    try {
      body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of strings is always JSON", e);
    }
    return request(path)
        .header("Content-Type", CONTENT_TYPE)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(config.timeout())
            .header("Accept", CONTENT_TYPE);
    config.credentials().authorization().ifPresent(it -> request.header("Authorization", it));
    return request;
  }

  private HttpResponse<String> send(HttpRequest request, String what) {
    try {
      return Failsafe.with(retries).get(() -> http.send(request, BodyHandlers.ofString()));
    } catch (FailsafeException e) {
      Throwable cause = e.getCause();
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new RegistryException(
            "Interrupted while asking the registry to " + what, cause, true);
      }
      throw new RegistryException(
          "Cannot reach the schema registry at "
              + base
              + " to "
              + what
              + ", tried "
              + config.attempts()
              + " times: check that it runs and that the address is right",
          cause,
          true);
    }
  }

  private JsonNode bodyOf(HttpResponse<String> answer, String what) {
    if (answer.statusCode() == 401 || answer.statusCode() == 403) {
      throw new RegistryException(
          "The schema registry at "
              + base
              + " refuses to "
              + what
              + " with status "
              + answer.statusCode()
              + ": check the credentials",
          null,
          false);
    }
    if (answer.statusCode() == 404) {
      throw new RegistryException(
          "There is no schema registry at "
              + base
              + ", or it answers elsewhere: asked to "
              + what
              + ", "
              + answer.uri()
              + " answered status 404: "
              + beginning(answer.body())
              + ": check the address, path included",
          null,
          false);
    }
    if (answer.statusCode() / 100 != 2) {
      throw unexpected(what, answer);
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new RegistryException(
          "The schema registry at " + base + " answered to " + what + " with what is not JSON",
          e,
          false);
    }
  }

  private RegistryException unexpected(String what, HttpResponse<String> answer) {
    return new RegistryException(
        "The schema registry at "
            + base
            + " answered status "
            + answer.statusCode()
            + " to "
            + what
            + ": "
            + beginning(answer.body()),
        null,
        isPassing(answer.statusCode()));
  }

  /** The registry's own code of a 404; 0 where something else answered. */
  private static int errorCode(HttpResponse<String> answer) {
    if (answer.statusCode() != 404) {
      return 0;
    }
    try {
      return JSON.readTree(answer.body()).path("error_code").asInt(0);
    } catch (JsonProcessingException e) {
      return 0; // A proxy's page, for example; bodyOf() says so.
    }
  }

  private static boolean isPassing(int status) {
    return status >= 500 || status == 429;
  }

  private static String beginning(String body) {
    return body.substring(0, Math.min(body.length(), 500));
  }

  private static String escaped(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
