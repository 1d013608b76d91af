package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraitsCommandTest {
  private static final String DEFINITION = "{trait: orders-again, readyMade: repurchase}";
  private static final String TRAIT =
      """
      {"trait": "orders-again-30d", "state": "LIVE", "reason": "model v1 scores", "liveVersion": "v1",
       "lastRun": {"id": "r1", "state": "PUBLISHED", "occasion": "BY_HAND", "occasionReason": "asked for",
                   "queuedAt": "2026-01-01T00:00:00Z", "reason": "AUC 0.8 is better"},
       "definition": {"trait": "orders-again-30d", "horizon": "30d", "target": {"eventType": "order_completed"}}}
      """;
  private static final String CHECKED =
      """
      {"definitions": [{"trait": "orders-again-30d", "horizon": "30d"}],
       "data": [{"trait": "orders-again-30d", "enough": %s, "reason": "days of history: 20.5 of 114",
         "needs": [
           {"what": "days of history", "found": 20.5, "needed": 114, "met": %s, "expectedAt": "2026-05-01T00:00:00Z"},
           {"what": "positives to judge by", "found": 1612, "needed": 30, "met": true, "expectedAt": null}],
         "signals": [{"feature": "orders_lifetime", "auc": 0.744, "suspect": false},
                     {"feature": "paid_later", "auc": 0.991, "suspect": true}]}]}
      """;

  @TempDir Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() throws IOException {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              "%s %s %s"
                  .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), body)
                  .strip());
          Answer answer = answers.remove();
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void shouldSayWhatIsMissingAndWhenItIsToBeExpected() throws IOException {
    answers.add(new Answer(200, CHECKED.formatted(false, false)));

    assertThat(run("check", file(DEFINITION))).isEqualTo(5);

    assertThat(asked).containsExactly("POST /v1/traits?dryRun=true " + DEFINITION);
    assertThat(shown())
        .contains("orders-again-30d: not yet: days of history: 20.5 of 114")
        .containsPattern("days of history +20.5 +114 +too little +2026-05-01T00:00:00Z")
        .containsPattern("positives to judge by +1,612 +30 +ok\n")
        .containsPattern("orders_lifetime +0.744\n")
        .containsPattern("paid_later +0.991 +suspect");
  }

  @Test
  void shouldSayThatThereIsEnough() throws IOException {
    answers.add(new Answer(200, CHECKED.formatted(true, true)));
    answers.add(new Answer(200, CHECKED.formatted(true, true)));

    assertThat(run("check", file(DEFINITION))).isZero();
    assertThat(shown()).contains("orders-again-30d: there is enough data");

    assertThat(run("check", file(DEFINITION), "--json")).isZero();
    assertThat(shown()).contains("\"enough\":true");
  }

  @Test
  void shouldNameEverythingThatIsWrongWithADefinition() throws IOException {
    answers.add(
        new Answer(
            422,
            "{\"message\": \"The definition is wrong\", \"problems\": [\"target is missing\","
                + " \"horizont is not known; did you mean horizon?\"]}"));

    assertThat(run("create", file("{trait: x}"))).isEqualTo(4);

    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains("The definitions are wrong, nothing was changed:")
        .contains("  target is missing", "  horizont is not known; did you mean horizon?");
  }

  @Test
  void shouldCreateAndReplace() throws IOException {
    answers.add(new Answer(201, "{\"traits\": [" + TRAIT + "]}"));
    answers.add(new Answer(409, "{\"message\": \"There is a trait orders-again-30d already\"}"));
    answers.add(new Answer(200, CHECKED.formatted(true, true)));
    answers.add(new Answer(200, "{\"traits\": [" + TRAIT + "]}"));

    assertThat(run("create", file(DEFINITION))).isZero();
    assertThat(shown())
        .containsPattern("orders-again-30d +LIVE +v1 +30d +model v1 scores")
        .contains("./presage traits train orders-again-30d");
    assertThat(run("create", file(DEFINITION))).isEqualTo(1);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains("There is a trait orders-again-30d already");
    assertThat(run("create", file(DEFINITION), "--replace")).isZero();

    assertThat(asked)
        .containsExactly(
            "POST /v1/traits " + DEFINITION,
            "POST /v1/traits " + DEFINITION,
            "POST /v1/traits?dryRun=true&data=false " + DEFINITION,
            "PUT /v1/traits/orders-again-30d {\"trait\":\"orders-again-30d\",\"horizon\":\"30d\"}");
  }

  @Test
  void shouldListAndShow() throws IOException {
    answers.add(new Answer(200, "[" + TRAIT + "]"));
    answers.add(new Answer(200, "[]"));
    answers.add(new Answer(200, TRAIT));
    answers.add(new Answer(200, CHECKED.formatted(true, true)));

    assertThat(run("list")).isZero();
    assertThat(run("list")).isZero();
    assertThat(shown()).contains("There are no traits yet; define one");
    assertThat(run("show", "orders-again-30d")).isZero();
    assertThat(shown())
        .containsPattern("last run +r1")
        .contains("2026-01-01T00:00:00Z, asked for", "AUC 0.8 is better")
        .containsPattern("target +\\{\"eventType\":\"order_completed\"\\}");
  }

  @Test
  void shouldPauseResumeAndDelete() {
    answers.add(new Answer(200, TRAIT.replace("LIVE", "PAUSED")));
    answers.add(new Answer(200, TRAIT));
    answers.add(new Answer(200, TRAIT));
    answers.add(new Answer(204, ""));
    answers.add(new Answer(404, "{\"message\": \"There is no trait x; there are none yet\"}"));

    assertThat(run("pause", "orders-again-30d")).isZero();
    assertThat(run("resume", "orders-again-30d", "--json")).isZero();
    assertThat(run("delete", "orders-again-30d")).isZero();
    assertThat(shown())
        .contains("orders-again-30d is PAUSED: model v1 scores", "orders-again-30d is deleted");
    assertThat(run("delete", "x")).isEqualTo(2);

    assertThat(asked)
        .containsExactly(
            "POST /v1/traits/orders-again-30d/pause",
            "POST /v1/traits/orders-again-30d/resume",
            "GET /v1/traits/orders-again-30d",
            "DELETE /v1/traits/orders-again-30d",
            "GET /v1/traits/x");
  }

  @Test
  void shouldTrainAndSayWhatCameOfIt() {
    answers.add(new Answer(202, "{\"id\": \"r1\", \"state\": \"QUEUED\"}"));
    answers.add(new Answer(200, "{\"id\": \"r1\", \"state\": \"HELD\", \"reason\": \"3 events\"}"));
    answers.add(new Answer(202, "{\"id\": \"r2\", \"state\": \"QUEUED\"}"));

    assertThat(run("train", "orders-again-30d")).isEqualTo(5);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("No model goes live: 3 events");
    assertThat(run("train", "orders-again-30d", "--json")).isZero();
    assertThat(shown()).contains("\"id\":\"r2\"");
  }

  @Test
  void shouldSayWhatIsWrongWithTheCommandLine() {
    assertThat(run("check", folder.resolve("nowhere.yaml").toString())).isEqualTo(2);
    assertThat(PresageCommand.execute("traits")).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .contains("There is no file " + folder.resolve("nowhere.yaml"))
        .contains("Which action? There are check, create,");
    assertThat(asked).isEmpty();
  }

  private String file(String definition) throws IOException {
    return Files.writeString(folder.resolve("traits.yaml"), definition).toString();
  }

  private int run(String... action) {
    List<String> line = new ArrayList<>(List.of("traits"));
    line.addAll(Arrays.asList(action));
    line.addAll(List.of("--retrainer", "http://127.0.0.1:" + server.getAddress().getPort()));
    return PresageCommand.execute(line.toArray(String[]::new));
  }

  private String shown() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
