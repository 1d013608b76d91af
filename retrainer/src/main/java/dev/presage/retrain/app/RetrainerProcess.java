package dev.presage.retrain.app;

import dev.presage.features.FeatureDeclarations;
import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;

/** The retrainer and its HTTP server in this JVM. */
public final class RetrainerProcess implements AutoCloseable {
  private final Retrainer retrainer;
  private final ApplicationContext context;
  private final EmbeddedServer server;
  private final CountDownLatch closed = new CountDownLatch(1);

  private RetrainerProcess(Retrainer retrainer, ApplicationContext context, EmbeddedServer server) {
    this.retrainer = retrainer;
    this.context = context;
    this.server = server;
  }

  /**
   * Starts everything and returns when it answers.
   *
   * @throws dev.presage.features.InvalidDeclarationsException when the features are declared
   *     wrongly, with every problem
   * @throws org.apache.kafka.common.KafkaException when the broker cannot be reached
   */
  public static RetrainerProcess start(RetrainerSettings settings) {
    FeatureDeclarations declarations = declarations(settings.featuresFile());
    ConnectionSettings connections = settings.connections();
    SchemaRegistry registry = SchemaRegistry.connect(connections.registry());
    TopicCatalogue catalogue = new TopicCatalogue(connections.topics(), connections.partitions());
    try (Admin admin = Admin.create(connections.kafka())) {
      new TopicProvisioner(admin).ensure(catalogue);
    }
    catalogue.registerSchemas(registry);
    Retrainer retrainer =
        new Retrainer(settings, declarations, registry, InstantSource.system(), codeVersion());
    try {
      retrainer.awaitReady();
      return serve(settings, retrainer);
    } catch (RuntimeException e) {
      retrainer.close();
      throw e;
    }
  }

  /** Where it answers. */
  public URI address() {
    return server.getURI();
  }

  /** Takes no more requests, ends the run that is under way, and lets go of the broker. */
  @Override
  public void close() {
    context.close();
    retrainer.close();
    closed.countDown();
  }

  /** Waits until it is closed. */
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private static RetrainerProcess serve(RetrainerSettings settings, Retrainer retrainer) {
    ApplicationContext context =
        ApplicationContext.builder()
            .properties(
                Map.of(
                    "micronaut.server.host",
                    settings.httpHost(),
                    "micronaut.server.port",
                    settings.httpPort() == 0 ? -1 : settings.httpPort()))
            .singletons(retrainer)
            .banner(false)
            .start();
    try {
      EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
      retrainer.standForElection(settings.advertisedUrl().orElse(server.getURI()).toString());
      return new RetrainerProcess(retrainer, context, server);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static FeatureDeclarations declarations(Path file) {
    try {
      return FeatureDeclarations.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The declared features cannot be read from " + file, e);
    }
  }

  private static String codeVersion() {
    return Objects.requireNonNullElse(
        RetrainerProcess.class.getPackage().getImplementationVersion(), "development");
  }
}
