package dev.presage.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How a client shows a registry who it is. {@code toString} never shows a secret. */
public sealed interface Credentials {

  /** The value of the {@code Authorization} header; empty where there is none. */
  Optional<String> authorization();

  /** No credentials. */
  static Credentials none() {
    return new None();
  }

  /** User and password, as HTTP's basic scheme has it. */
  static Credentials basic(String user, String password) {
    return new Basic(user, password);
  }

  /** A token, as HTTP's bearer scheme has it. */
  static Credentials bearer(String token) {
    return new Bearer(token);
  }

  /** See {@link Credentials#none}. */
  record None() implements Credentials {
    @Override
    public Optional<String> authorization() {
      return Optional.empty();
    }
  }

  /** See {@link Credentials#basic}. */
  record Basic(String user, String password) implements Credentials {
    public Basic {
      if (user.isEmpty() || user.contains(":")) {
        // Not shown: people put user:password here.
        throw new IllegalArgumentException(
            "The registry's user must be given and must not contain a colon");
      }
    }

    @Override
    public Optional<String> authorization() {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /** See {@link Credentials#bearer}. */
  record Bearer(String token) implements Credentials {
    public Bearer {
      if (token.isBlank()) {
        throw new IllegalArgumentException("The registry's bearer token is empty");
      }
      if (!token.chars().allMatch(it -> it > ' ' && it < 0x7f)) {
        // Said here, because the HTTP client's own message shows the header.
        throw new IllegalArgumentException(
            "The registry's bearer token holds a character that no HTTP header can carry, such as a"
                + " space or a line break");
      }
    }

    @Override
    public Optional<String> authorization() {
      return Optional.of("Bearer " + token);
    }

    @Override
    public String toString() {
      return "Bearer[]";
    }
  }
}
