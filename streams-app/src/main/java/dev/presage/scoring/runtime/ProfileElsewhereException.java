package dev.presage.scoring.runtime;

import org.apache.kafka.streams.state.HostInfo;

/** Another instance has the profile that was asked for. */
public final class ProfileElsewhereException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;

  ProfileElsewhereException(HostInfo instance) {
    super("The profile is on the instance at " + instance.host() + ":" + instance.port());
    this.host = instance.host();
    this.port = instance.port();
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }
}
