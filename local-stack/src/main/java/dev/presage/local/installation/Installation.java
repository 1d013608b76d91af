package dev.presage.local.installation;

import dev.presage.local.connection.Connection;
import dev.presage.local.definitions.DefinitionPublisher;
import dev.presage.local.process.ChildProcessException;
import dev.presage.local.process.Resources;
import dev.presage.local.stack.LocalStack;
import dev.presage.local.stack.StackException;
import dev.presage.local.stack.StackOptions;
import dev.presage.schemas.settings.ConnectionSettings;
import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicProvisioner;
import dev.presage.schemas.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** The local stack, its topics and definitions, and both applications on it. */
public final class Installation implements AutoCloseable {

  private final LocalStack stack;
  private final Connection connection;
  private final Application streamsApp;
  private final Application retrainer;
  private final Resources resources;

  private Installation(
      LocalStack stack,
      Connection connection,
      Application streamsApp,
      Application retrainer,
      Resources resources) {
    this.stack = stack;
    this.connection = connection;
    this.streamsApp = streamsApp;
    this.retrainer = retrainer;
    this.resources = resources;
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @param resources takes what is started as soon as it is, so that another thread can end it
   * @param said told what is being done, a phrase each
   * @throws StackException when broker or registry do not start
   * @throws InstallationException when an application is not built
   * @throws ChildProcessException when an application does not start
   */
  public static Installation start(
      InstallationOptions options, Resources resources, Consumer<String> said) {
    Topics topics = Topics.unprefixed();
    said.accept("Starting the broker and the schema registry");
    LocalStack stack =
        LocalStack.start(
            StackOptions.in(options.data())
                .withPorts(options.brokerPort(), options.registryPort()));
    resources.add(stack::close);
    Connection connection = Connection.open(stack.bootstrapServers(), stack.registryUrl());
    said.accept("Creating topics and publishing definitions");
    try (Admin admin = connection.admin()) {
      new TopicProvisioner(admin)
          .ensure(new TopicCatalogue(topics, ConnectionSettings.DEFAULT_PARTITIONS));
    }
    DefinitionPublisher publisher = new DefinitionPublisher(connection, topics);
    publisher.publishTraits(options.definitions().traits());
    publisher.publishSegments(options.definitions().segmentations());
    publisher.publishTriggers(options.definitions().triggers());
    said.accept("Starting the streams application and the retrainer");
    Application streamsApp =
        launch(
            Application.Kind.STREAMS_APP,
            options,
            options.streamsAppPort(),
            options.streamsAppSettings(),
            stack,
            resources);
    Application retrainer =
        launch(
            Application.Kind.RETRAINER,
            options,
            options.retrainerPort(),
            options.retrainerSettings(),
            stack,
            resources);
    streamsApp.awaitReady();
    retrainer.awaitReady();
    Installation installation =
        new Installation(stack, connection, streamsApp, retrainer, resources);
    installation.addresses().write(options.data());
    resources.add(() -> Addresses.remove(options.data()));
    return installation;
  }

  private static Application launch(
      Application.Kind kind,
      InstallationOptions options,
      int port,
      Map<String, String> more,
      LocalStack stack,
      Resources resources) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("presage.kafka.bootstrap-servers", stack.bootstrapServers());
    settings.put("presage.registry.url", stack.registryUrl().toString());
    settings.put("presage.features.file", options.definitions().features().toString());
    settings.put("presage.http.port", Integer.toString(port));
    Application application =
        Application.launch(kind, options.home(), options.data(), port, settings);
    resources.add(application::close);
    return application;
  }

  public Addresses addresses() {
    return new Addresses(
        stack.bootstrapServers(), stack.registryUrl(), streamsApp.url(), retrainer.url());
  }

  /** The streams application. */
  public Application streamsApp() {
    return streamsApp;
  }

  /** The retrainer. */
  public Application retrainer() {
    return retrainer;
  }

  /** The broker and the registry. */
  public Connection connection() {
    return connection;
  }

  /**
   * Does nothing while everything runs.
   *
   * @throws ChildProcessException when a process has ended; says which and why
   */
  public void requireRunning() {
    stack.requireRunning();
    streamsApp.process().requireAlive();
    retrainer.process().requireAlive();
  }

  /** Ends everything, the applications first. */
  @Override
  public void close() {
    resources.close();
  }
}
