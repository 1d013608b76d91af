package dev.presage.local.stack;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** Formats the broker's storage where that was not done before, then runs the broker. */
public final class BrokerMain {

  /** 16 bytes in base64. The same at every start: formatting checks it against the storage. */
  private static final String CLUSTER_ID = "PresageLocalStack-000A";

  private BrokerMain() {}

  /**
   * Runs a broker.
   *
   * @param args the broker's properties file
   * @throws IllegalStateException when the storage cannot be formatted
   */
  public static void main(String[] args) {
    int result =
        StorageTool.execute(
            new String[] {
              "format", "--config", args[0], "--cluster-id", CLUSTER_ID, "--ignore-formatted"
            },
            System.out);
    if (result != 0) {
      throw new IllegalStateException("Formatting the broker's storage ended with code " + result);
    }
    Kafka.main(args);
  }
}
