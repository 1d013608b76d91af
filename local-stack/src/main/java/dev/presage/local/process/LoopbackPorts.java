package dev.presage.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine's loopback address. */
public final class LoopbackPorts {

  /** Below the ports that systems hand out for outgoing connections, so none is taken by one. */
  private static final int FROM = 20_000;

  private static final int UNTIL = 32_000;
  private static final int ATTEMPTS = 1_000;

  private LoopbackPorts() {}

  /** Whether a server could listen on the port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A port on which a server can listen.
   *
   * @throws IllegalStateException when none is found
   */
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FROM, UNTIL);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "No free port found between %d and %d on the loopback address".formatted(FROM, UNTIL));
  }

  /** The port, where it is free, else another one. */
  public static int freeOr(int preferred) {
    return isFree(preferred) ? preferred : free();
  }
}
