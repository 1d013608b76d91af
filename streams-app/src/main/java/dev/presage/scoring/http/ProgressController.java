package dev.presage.scoring.http;

import dev.presage.scoring.metrics.CallProgress;
import dev.presage.scoring.metrics.PartitionProgress;
import dev.presage.scoring.metrics.ProgressBoard.LogPartition;
import dev.presage.scoring.runtime.ScoringService;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the instance does beside events. */
@Controller("/v1/progress")
final class ProgressController {
  private final ScoringService service;

  ProgressController(ScoringService service) {
    this.service = service;
  }

  /** How far the partitions of this instance have come. */
  @Get
  @Operation(
      summary = "Progress of silence and sweep",
      description = "How far each partition of this instance has come with what no event asks for")
  ProgressView progress() {
    Map<String, Long> rules =
        service.entities().stream()
            .collect(
                Collectors.toMap(it -> it.type().name(), it -> it.rules().current().contentHash()));
    List<PartitionView> partitions = new ArrayList<>();
    service
        .progress()
        .forEach(
            (partition, progress) ->
                partitions.add(
                    view(
                        partition,
                        progress,
                        pendingCalls(partition),
                        Objects.requireNonNull(rules.get(partition.entityType())))));
    boolean isSettled =
        partitions.stream().allMatch(it -> it.upToTime() && it.swept())
            && service.calls().values().stream().allMatch(CallProgress::isDone);
    return new ProgressView(isSettled, partitions);
  }

  private long pendingCalls(LogPartition partition) {
    CallProgress calls = service.calls().get(partition);
    return calls == null ? 0 : calls.pending();
  }

  private static PartitionView view(
      LogPartition partition, PartitionProgress progress, long pendingCalls, long rules) {
    return new PartitionView(
        partition.entityType(),
        partition.partition(),
        progress.clockMillis() == 0 ? null : Instant.ofEpochMilli(progress.clockMillis()),
        progress.isUpToTime(),
        progress.isSwept() && progress.rulesHash() == rules,
        progress.swept(),
        pendingCalls);
  }

  /**
   * All partitions of the instance.
   *
   * @param settled whether nothing is left to do in any of them
   */
  @Serdeable
  record ProgressView(boolean settled, List<PartitionView> partitions) {}

  /**
   * One partition of a profile log.
   *
   * @param entityType what is profiled there
   * @param partition its number
   * @param time how far its time has come; null while it had no event
   * @param upToTime whether every profile that fell silent has been scored
   * @param swept whether every profile has been scored by the rules of now
   * @param sweptProfiles profiles that the last sweep has come past
   * @param pendingCalls triggers of other entity types for which not all customers of the partition
   *     have been asked whether they receive them
   */
  @Serdeable
  record PartitionView(
      String entityType,
      int partition,
      @Nullable Instant time,
      boolean upToTime,
      boolean swept,
      long sweptProfiles,
      long pendingCalls) {}
}
