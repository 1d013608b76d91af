package dev.presage.local.installation;

import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One of the two applications, in a child JVM, from the jar that the build made. */
public final class Application implements AutoCloseable {

  private static final int OK = 200;
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final ChildJvm jvm;
  private final URI url;
  private volatile ChildProcess process;

  private Application(ChildJvm jvm, URI url) {
    this.jvm = jvm;
    this.url = url;
    this.process = jvm.start();
  }

  /** Which application. */
  public enum Kind {
    STREAMS_APP("streams-app", "dev.presage.scoring.Main"),
    RETRAINER("retrainer", "dev.presage.retrain.Main");

    private final String module;
    private final String mainClass;

    Kind(String module, String mainClass) {
      this.module = module;
      this.mainClass = mainClass;
    }

    /** The module that it is built in. */
    public String module() {
      return module;
    }
  }

  /**
   * Starts an application; {@link #awaitReady()} waits for it.
   *
   * @param home the project's folder
   * @param data folder of data and logs
   * @param port its HTTP port
   * @param settings its settings
   * @throws InstallationException when it is not built
   */
  public static Application launch(
      Kind kind, Path home, Path data, int port, Map<String, String> settings) {
    ChildJvm jvm =
        ChildJvm.of(
                kind.module,
                BuiltModule.classPath(home, kind.module),
                kind.mainClass,
                data.resolve("logs").resolve(kind.module + ".log"),
                data.resolve(kind.module))
            .withJvmOptions(
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow")
            .withSystemProperties(settings);
    return new Application(jvm, URI.create("http://127.0.0.1:" + port));
  }

  /** Ends it as {@code kill -9} does and starts it again at once; does not wait for it. */
  public void killAndStartAgain() {
    process.kill();
    process = jvm.start();
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/health/readiness")).timeout(ANSWER).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build()) {
      process.awaitReady(
          START,
          () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK);
    }
  }

  /** Its base address. */
  public URI url() {
    return url;
  }

  /** Its process. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
