package dev.presage.local.stack;

import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import dev.presage.local.process.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One Kafka node, broker and controller in one, in a child JVM. */
final class Broker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int CONNECT_MILLIS = 500;
  private static final int ANSWER_MILLIS = 5_000;

  private final ChildProcess process;
  private final int port;

  private Broker(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static Broker launch(StackDirectory directory, int port) {
    Path home = directory.path().resolve("broker");
    Path properties = home.resolve("server.properties");
    write(properties, settings(home, port, LoopbackPorts.free()));
    ChildProcess process =
        ChildJvm.of(
                "broker",
                ModuleClassPath.value(),
                BrokerMain.class.getName(),
                directory.log("broker"),
                home)
            .withJvmOptions("-Xms256m", "-Xmx512m")
            .withSystemProperties(Map.of("logback.configurationFile", "broker-logback.xml"))
            .withArguments(properties.toString())
            .start();
    return new Broker(process, port);
  }

  void awaitReady(Duration timeout) {
    process.awaitReady(timeout, this::answers);
  }

  String bootstrapServers() {
    return HOST + ":" + port;
  }

  void requireRunning() {
    process.requireAlive();
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean answers() throws Exception {
    // The admin client logs a warning for each refused connection, so a plain one goes first.
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    }
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()))) {
      return !admin.describeCluster().nodes().get(ANSWER_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    }
  }

  /** Fit for one small machine; the data are kept for ever, since events may be years old. */
  private static Properties settings(Path home, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry(
                "listeners",
                "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort)),
            Map.entry("advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, port)),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort)),
            Map.entry("log.dirs", home.resolve("logs").toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4")));
    for (String internal : new String[] {"offsets.topic", "transaction.state.log"}) {
      settings.put(internal + ".replication.factor", "1");
      settings.put(internal + ".num.partitions", "4");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
    return settings;
  }

  private static void write(Path file, Properties settings) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        settings.store(writer, "Written at every start of the local stack");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the broker's settings to " + file, e);
    }
  }
}
