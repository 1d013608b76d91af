package dev.presage.schemas.registry;

import java.net.URI;
import java.time.Duration;

/**
 * Where a registry is and how it is asked.
 *
 * @param url base address of the Confluent API, for example {@code
 *     http://127.0.0.1:8081/apis/ccompat/v7}
 * @param credentials who asks
 * @param timeout how long one request may take
 * @param attempts how often a request is tried, at least once, while the registry cannot be reached
 *     or answers with a server error
 */
public record RegistryConfig(URI url, Credentials credentials, Duration timeout, int attempts) {

  public RegistryConfig {
    // First, so that no other message shows a password.
    String authority = url.getRawAuthority();
    if ((authority == null ? url.toString() : authority).contains("@")) {
      throw new IllegalArgumentException(
          "The registry's address must not carry a user or password; configure them apart");
    }
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "The registry's address is '" + url + "'; expected http://host:port/path or https://…");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("The registry's timeout must be positive, got " + timeout);
    }
    if (attempts < 1) {
      throw new IllegalArgumentException(
          "The registry's attempts must be at least 1, got " + attempts);
    }
  }

  /** A registry without authentication: 10 seconds a request, 5 attempts. */
  public static RegistryConfig of(URI url) {
    return new RegistryConfig(url, Credentials.none(), Duration.ofSeconds(10), 5);
  }

  /** The same registry, asked as somebody. */
  public RegistryConfig with(Credentials credentials) {
    return new RegistryConfig(url, credentials, timeout, attempts);
  }
}
