package dev.presage.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a local stack is started.
 *
 * @param dataDirectory where data and logs are kept between runs; null: in a temporary folder that
 *     is removed at the end
 * @param brokerPort port of the broker, 0 for a free one
 * @param registryPort port of the registry, 0 for a free one
 * @param startTimeout how long one part may take until it answers
 */
public record StackOptions(
    @Nullable Path dataDirectory, int brokerPort, int registryPort, Duration startTimeout) {

  private static final int HIGHEST_PORT = 65_535;

  public StackOptions {
    checkPort("broker", brokerPort);
    checkPort("registry", registryPort);
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout must be positive, got " + startTimeout);
    }
  }

  /** Free ports, data removed at the end. */
  public static StackOptions temporary() {
    return new StackOptions(null, 0, 0, Duration.ofMinutes(1));
  }

  /** Free ports, data kept in a folder. */
  public static StackOptions in(Path dataDirectory) {
    return new StackOptions(dataDirectory, 0, 0, Duration.ofMinutes(1));
  }

  public StackOptions withPorts(int broker, int registry) {
    return new StackOptions(dataDirectory, broker, registry, startTimeout);
  }

  public StackOptions withStartTimeout(Duration timeout) {
    return new StackOptions(dataDirectory, brokerPort, registryPort, timeout);
  }

  private static void checkPort(String of, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "The %s's port must be in 0 (any) to %d, got %d".formatted(of, HIGHEST_PORT, port));
    }
  }
}
