package dev.presage.scoring;

import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.local.stack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The application as a process of its own, as it is packaged. */
final class ScoringProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ChildJvm jvm;
  private final int port;
  private ChildProcess process;

  ScoringProcess(LocalStack stack, Path folder, String prefix, Map<String, String> more) {
    this.port = LoopbackPorts.free();
    Map<String, String> settings = new HashMap<>();
    settings.put("presage.kafka.bootstrap-servers", stack.bootstrapServers());
    settings.put("presage.registry.url", stack.registryUrl().toString());
    settings.put("presage.topics.prefix", prefix);
    settings.put("presage.topics.partitions", "4");
    settings.put("presage.features.file", featuresFile(folder).toString());
    settings.put("presage.state.dir", folder.resolve("state").toString());
    settings.put("presage.http.port", Integer.toString(port));
    settings.put("presage.instance-id", "scoring-1");
    settings.putAll(more);
    this.jvm =
        ChildJvm.of(
                "streams app",
                classPath(),
                Main.class.getName(),
                folder.resolve("streams-app.log"),
                folder)
            // What starts several at a time on few processors needs neither C2 nor G1.
            .withJvmOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .withSystemProperties(settings);
    this.process = jvm.start();
  }

  void awaitReady() {
    process.awaitReady(START_TIMEOUT, () -> get("/health/readiness").statusCode() == 200);
  }

  void killAndStartAgain() {
    process.kill();
    process = jvm.start();
  }

  ChildProcess process() {
    return process;
  }

  HttpResponse<String> get(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private static Path featuresFile(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve("features.yaml"), TestFeatures.YAML);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classPath() {
    Path target = Path.of("target").toAbsolutePath();
    return target.resolve("classes") + File.pathSeparator + target.resolve("lib").resolve("*");
  }
}
