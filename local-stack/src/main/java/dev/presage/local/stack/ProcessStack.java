package dev.presage.local.stack;

import dev.presage.local.process.ChildProcessException;
import dev.presage.local.process.LoopbackPorts;
import dev.presage.local.process.Resources;
import java.net.URI;
import java.nio.file.Path;

/** Broker and registry as child processes. */
final class ProcessStack implements LocalStack {

  private final StackDirectory directory;
  private final Broker broker;
  private final Registry registry;
  private final Resources resources;

  private ProcessStack(
      StackDirectory directory, Broker broker, Registry registry, Resources resources) {
    this.directory = directory;
    this.broker = broker;
    this.registry = registry;
    this.resources = resources;
  }

  static ProcessStack start(StackOptions options) {
    int brokerPort = port("broker", options.brokerPort());
    int registryPort = port("registry", options.registryPort());
    Resources resources = new Resources();
    try {
      StackDirectory directory = StackDirectory.open(options.dataDirectory());
      resources.add(directory::close);
      Broker broker = Broker.launch(directory, brokerPort);
      resources.add(broker::close);
      Registry registry = Registry.launch(directory, registryPort);
      resources.add(registry::close);
      broker.awaitReady(options.startTimeout());
      registry.awaitReady(options.startTimeout());
      return new ProcessStack(directory, broker, registry, resources);
    } catch (ChildProcessException e) {
      resources.close();
      throw new StackException("The local stack did not start. " + e.getMessage(), e);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private static int port(String of, int wanted) {
    if (wanted == 0) {
      return LoopbackPorts.free();
    }
    if (!LoopbackPorts.isFree(wanted)) {
      throw new StackException(
          "Port %d, which was asked for the %s, is taken; end the process that listens on it or give another port"
              .formatted(wanted, of));
    }
    return wanted;
  }

  @Override
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public URI registryUrl() {
    return registry.url();
  }

  @Override
  public Path dataDirectory() {
    return directory.path();
  }

  @Override
  public void requireRunning() {
    broker.requireRunning();
    registry.requireRunning();
  }

  @Override
  public void close() {
    resources.close();
  }
}
