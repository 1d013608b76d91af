package dev.presage.local.stack;

import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Apicurio Registry with its Confluent API, on an H2 file, in a child JVM. */
final class Registry implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int OK = 200;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final ChildProcess process;
  private final int port;

  private Registry(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static Registry launch(StackDirectory directory, int port) {
    Path home = directory.path().resolve("registry");
    ChildProcess process =
        ChildJvm.of(
                "registry",
                RegistryHome.find().resolve(RegistryHome.RUNNER).toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                directory.log("registry"),
                home)
            .withJvmOptions(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Without it the registry's worker threads die on Java 24 or later, and it may
                // hang.
                "--add-opens=java.base/java.lang=ALL-UNNAMED")
            .withSystemProperties(settings(home, port))
            .start();
    return new Registry(process, port);
  }

  void awaitReady(Duration timeout) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      process.awaitReady(timeout, () -> answers(client));
    }
  }

  URI url() {
    return URI.create("http://%s:%d/apis/ccompat/v7".formatted(HOST, port));
  }

  void requireRunning() {
    process.requireAlive();
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean answers(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/subjects")).timeout(ANSWER).build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
  }

  private static Map<String, String> settings(Path home, int port) {
    return Map.ofEntries(
        Map.entry("java.util.logging.manager", "org.jboss.logmanager.LogManager"),
        Map.entry("quarkus.http.host", HOST),
        Map.entry("quarkus.http.port", Integer.toString(port)),
        Map.entry("quarkus.management.host", HOST),
        Map.entry("quarkus.management.port", "0"),
        Map.entry("quarkus.http.access-log.enabled", "false"),
        Map.entry("quarkus.otel.sdk.disabled", "true"),
        Map.entry("apicurio.usage.telemetry.enabled", "false"),
        // A schema that was registered stays, even when the process is killed a moment later.
        Map.entry(
            "apicurio.datasource.url",
            "jdbc:h2:file:" + home.toAbsolutePath().resolve("registry") + ";WRITE_DELAY=0"),
        Map.entry("apicurio.datasource.jdbc.initial-size", "1"),
        Map.entry("apicurio.datasource.jdbc.min-size", "1"),
        Map.entry("apicurio.datasource.jdbc.max-size", "10"));
  }
}
