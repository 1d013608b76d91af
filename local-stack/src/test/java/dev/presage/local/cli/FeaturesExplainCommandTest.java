package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesExplainCommandTest {

  private static final String ANSWER =
      """
      {"id": "u\u001b[31m-1", "asOf": "2026-03-12T12:00:00Z", "newestEvent": "2026-03-11T00:00:00Z",
       "features": [
        {"name": "days_since_visit", "value": null, "exact": true, "error": "exact",
         "aggregate": "time_since_last", "window": "lifetime", "expression": null,
         "windows": [{"series": "visits", "tracks": "visit", "tail": null,
           "head": "2026-03-12T12:00:00Z", "events": 0, "held": 0, "newest": [],
           "eventsInTiles": 0, "tiles": [], "beyondRetention": 0, "beyondInDoubt": 0,
           "tailCut": null, "headCut": null}],
         "collecting": [{"series": "visits", "since": "2026-03-01T00:00:00Z", "completeFrom": null,
           "message": "series 'visits' is tracked since 2026-03-01T00:00:00Z, and counts from then on"}]},
        {"name": "revenue_30d", "value": 1234.56789, "exact": false,
         "error": "tail off by 3 h (0.42% of the window), 12 events in doubt",
         "aggregate": "sum", "window": "30d", "expression": null,
         "windows": [{"series": "revenue", "tracks": "revenue of order",
           "tail": "2026-02-10T12:00:00Z", "head": "2026-03-12T12:00:00Z", "events": 8479,
           "held": 64, "newest": [{"time": "2026-03-11T00:00:00Z", "value": 42.5}],
           "eventsInTiles": 8412, "tiles": [
             {"start": "2026-02-10T09:00:00Z", "end": "2026-02-10T16:00:00Z", "events": 12, "sum": 99.5},
             {"start": "2026-02-10T16:00:00Z", "end": "2026-03-10T00:00:00Z", "events": 8400, "sum": 1}],
           "beyondRetention": 3, "beyondInDoubt": 0,
           "tailCut": {"tile": {"start": "2026-02-10T09:00:00Z", "end": "2026-02-10T16:00:00Z",
             "events": 12, "sum": 99.5}, "counted": true, "offMillis": 10800000}, "headCut": null}],
         "collecting": []},
        {"name": "twice", "value": 2469.13578, "exact": false, "error": "that of revenue_30d",
         "expression": "2 * revenue_30d", "reads": {"revenue_30d": 1234.56789}, "windows": null,
         "inexact": ["revenue_30d"], "collecting": []}]}
      """
          .replace("\u001b", "\\u001b");

  @TempDir Path folder;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Deque<String> asked = new ConcurrentLinkedDeque<>();
  private final Deque<String> elsewhere = new ConcurrentLinkedDeque<>();
  private HttpServer server;
  private int status = 200;
  private String body = ANSWER;

  @BeforeEach
  void start() throws IOException {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          String there = elsewhere.poll();
          if (there != null) {
            exchange.getResponseHeaders().add("Location", there);
          }
          exchange.sendResponseHeaders(there == null ? status : 307, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    System.setOut(out);
    System.setErr(err);
    server.stop(0);
  }

  @Test
  void shouldPrintALineForEachFeature() {
    assertThat(explain("u-1")).isZero();

    assertThat(output())
        .isEqualTo(
            """
            u\\u001b[31m-1 as of 2026-03-12T12:00:00Z; its newest event is of 2026-03-11T00:00:00Z

            feature           value    window    made of                                                     error
            days_since_visit  missing  lifetime  no events                                                   exact
            revenue_30d       1234.57  30d       64 events held, 2 tiles (8,412 events), 3 events in totals  tail off by 3 h (0.42% of the window), 12 events in doubt
            twice             2469.14            2 * revenue_30d                                             that of revenue_30d

            Not complete yet:
              days_since_visit  series 'visits' is tracked since 2026-03-01T00:00:00Z, and counts from then on
            """);
    assertThat(asked).containsExactly("/v1/profiles/u-1/features");
  }

  @Test
  void shouldAskForAnIdOfAnyKindAsOfATime() {
    assertThat(explain("a/b c?", "--as-of", "2011-09-01")).isZero();

    assertThat(asked)
        .containsExactly("/v1/profiles/a%2Fb%20c%3F/features?asOf=2011-09-01T00:00:00Z");
  }

  @Test
  void shouldAskTheInstanceThatHasTheProfile() {
    elsewhere.add("http://127.0.0.1:" + server.getAddress().getPort() + "/there");

    assertThat(explain("u-1")).isZero();

    assertThat(asked).containsExactly("/v1/profiles/u-1/features", "/there");
    assertThat(output()).contains("1234.57");
  }

  @Test
  void shouldPrintAFeatureInFull() {
    assertThat(explain("u-1", "--feature", "revenue_30d", "--feature", "twice")).isZero();

    assertThat(output())
        .isEqualTo(
            """
            revenue_30d = 1234.56789
              sum, window 30d
              error: tail off by 3 h (0.42% of the window), 12 events in doubt
              series 'revenue' (revenue of order), after 2026-02-10T12:00:00Z up to 2026-03-12T12:00:00Z: 8,479 events
                64 events held one by one, the newest first
                  2026-03-11T00:00:00Z  42.5
                  and 63 older
                8,412 events in 2 tiles
                  2026-02-10T09:00:00Z to 2026-02-10T16:00:00Z: 12 events, sum 99.5
                  2026-02-10T16:00:00Z to 2026-03-10T00:00:00Z: 8,400 events, sum 1
                3 events beyond the retention, in running totals
                the tail cuts the tile 2026-02-10T09:00:00Z to 2026-02-10T16:00:00Z: 12 events, sum 99.5, which counts as a whole
            twice = 2469.13578
              2 * revenue_30d
                revenue_30d = 1234.56789
              error: that of revenue_30d
            """);
  }

  @Test
  void shouldPrintTheAnswerAsJson() throws IOException {
    assertThat(explain("u-1", "--json")).isZero();

    assertThat(output()).doesNotContain("\u001b");
    assertThat(new ObjectMapper().readTree(output()))
        .isEqualTo(new ObjectMapper().readTree(ANSWER));
  }

  @Test
  void shouldNameTheFeaturesThatThereAre() {
    assertThat(explain("u-1", "--feature", "revenue")).isEqualTo(ExitCode.USAGE);
    assertThat(errors())
        .contains("There is no feature revenue; there are days_since_visit, revenue_30d, twice");
  }

  @Test
  void shouldSayThatNothingIsKnownOfAnId() {
    status = 404;
    body = "{\"message\": \"Nothing is known of this ID: no event of it has arrived\"}";

    assertThat(explain("\u001b[2Jnobody")).isEqualTo(ExitCode.USAGE);
    assertThat(errors())
        .contains(
            "profile '\\u001b[2Jnobody': Nothing is known of this ID: no event of it has arrived");
  }

  @Test
  void shouldSayThatItCannotBeAnsweredNow() {
    status = 503;
    body = "{\"message\": \"The profile store is being restored\"}";

    assertThat(explain("u-1")).isEqualTo(ExitCode.FAILED);
    assertThat(errors()).contains("The profile store is being restored");
  }

  @Test
  void shouldSayWhatDoesNotAnswerAndHowToStartIt() {
    assertThat(
            PresageCommand.execute(
                "features", "explain", "u", "--streams-app", "http://127.0.0.1:1"))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(PresageCommand.execute("features", "explain", "u", "--data-dir", folder.toString()))
        .isEqualTo(ExitCode.UNREACHABLE);
    body = "Hello";
    assertThat(explain("u")).isEqualTo(ExitCode.UNREACHABLE);

    assertThat(errors())
        .contains("No streams application answers at http://127.0.0.1:1", "'./presage up' starts")
        .contains("Nothing is running that wrote its addresses; start './presage up'")
        .contains("or give --streams-app")
        .contains("is not a streams application");
  }

  @Test
  void shouldSayWhatIsWrongWithACommandLine() {
    assertThat(PresageCommand.execute("features")).isEqualTo(ExitCode.USAGE);
    assertThat(explain("u", "--as-of", "yesterday")).isEqualTo(ExitCode.USAGE);
    assertThat(explain("u", "--json", "--feature", "f")).isEqualTo(ExitCode.USAGE);

    assertThat(errors())
        .contains("Which question? There is explain")
        .contains("'yesterday' is not a time such as 2011-09-01")
        .contains("--json prints every feature; leave --feature out");
  }

  private int explain(String id, String... more) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return PresageCommand.execute(
        Stream.concat(
                List.of("features", "explain", id, "--streams-app", url).stream(), Stream.of(more))
            .toArray(String[]::new));
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
