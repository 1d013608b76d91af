package dev.presage.scoring.runtime;

import dev.presage.scoring.runtime.ReplicaSettings.GroupProtocol;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of a group that the broker keeps where it divides the partitions itself. */
final class StreamsGroup {
  private static final Logger log = LoggerFactory.getLogger(StreamsGroup.class);
  private static final String STANDBY_REPLICAS = "streams.num.standby.replicas";

  private final Admin admin;
  private final String group;

  StreamsGroup(Admin admin, String group) {
    this.admin = admin;
    this.group = group;
  }

  /**
   * Makes the group's settings what they must be; does nothing under the classic protocol.
   *
   * @throws IllegalStateException where the broker refuses
   */
  void ensure(ReplicaSettings settings) {
    if (settings.groupProtocol() != GroupProtocol.STREAMS) {
      return;
    }
    ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
    AlterConfigOp replicas =
        new AlterConfigOp(
            new ConfigEntry(STANDBY_REPLICAS, Integer.toString(settings.standbyReplicas())),
            OpType.SET);
    try {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(replicas))).all().get();
      log.info("Group {} keeps {} standby replicas", group, settings.standbyReplicas());
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "The broker does not take %s = %d of group %s; it may know no groups of Kafka Streams: use presage.streams.group-protocol=classic"
              .formatted(STANDBY_REPLICAS, settings.standbyReplicas(), group),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the group is set up", e);
    }
  }
}
