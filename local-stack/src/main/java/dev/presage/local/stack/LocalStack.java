package dev.presage.local.stack;

import dev.presage.local.process.ChildProcessException;
import java.net.URI;
import java.nio.file.Path;

/** A running broker and schema registry on this machine. Both end with this JVM. */
public interface LocalStack extends AutoCloseable {

  /** System property that chooses what the stack is made of: {@code processes} or containers. */
  String KIND_PROPERTY = "presage.stack";

  /** Starts a stack on free ports, whose data goes with it. */
  static LocalStack start() {
    return start(StackOptions.temporary());
  }

  /**
   * Starts a stack and waits until it answers: child processes, or, where the system property
   * {@value #KIND_PROPERTY} is {@code containers}, containers of the official images.
   *
   * @throws StackException when it does not start; says why
   */
  static LocalStack start(StackOptions options) {
    String kind = System.getProperty(KIND_PROPERTY, "processes");
    return switch (kind) {
      case "processes" -> ProcessStack.start(options);
      case "containers" -> ContainerStack.start(options);
      default ->
          throw new StackException(
              "System property %s is '%s'; expected 'processes' or 'containers'"
                  .formatted(KIND_PROPERTY, kind));
    };
  }

  /** Whether a running stack, of this JVM or another, holds a data folder. */
  static boolean isInUse(Path dataDirectory) {
    return StackDirectory.isInUse(dataDirectory);
  }

  /** Address of the broker for clients, {@code host:port}. */
  String bootstrapServers();

  /** Base address of the registry's Confluent API. */
  URI registryUrl();

  /** The folder of its data, logs included. */
  Path dataDirectory();

  /** The folder of the logs, one file a process. */
  default Path logDirectory() {
    return dataDirectory().resolve("logs");
  }

  /**
   * Does nothing while all parts run.
   *
   * @throws ChildProcessException or {@link StackException} when one has ended; says which and why
   */
  void requireRunning();

  /** Ends the stack and removes its data where they were temporary. */
  @Override
  void close();
}
