package dev.presage.retrain.app;

import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What goes out over HTTP of models. */
final class ModelViews {
  private ModelViews() {}

  /** A version, with what each instance decided last on any version of its trait. */
  @Serdeable
  record ModelView(
      String trait,
      String version,
      String stage,
      double canaryShare,
      boolean scores,
      String kind,
      int payloadBytes,
      String checksum,
      String featureSchema,
      int goldenRows,
      Map<String, Double> metrics,
      LineageView lineage,
      @Nullable String approvedBy,
      List<InstanceView> instances) {
    static ModelView of(RegisteredModel model, ModelRegistry registry) {
      return new ModelView(
          model.trait(),
          model.version(),
          model.stage().name(),
          model.canaryShare(),
          registry.liveVersion(model.trait()).filter(model.version()::equals).isPresent(),
          model.kind().name(),
          model.payloadBytes(),
          model.checksum(),
          model.fingerprint(),
          model.goldenRows(),
          new TreeMap<>(model.metrics()),
          LineageView.of(model.lineage()),
          model.approvedBy(),
          registry.statuses(model.trait()).stream().map(InstanceView::of).toList());
    }
  }

  /** Where a version comes from. */
  @Serdeable
  record LineageView(
      String createdAt,
      String trainedFrom,
      String trainedUntil,
      long rows,
      long positives,
      String codeVersion,
      Map<String, String> parameters,
      @Nullable String parent) {
    static LineageView of(Lineage lineage) {
      return new LineageView(
          lineage.getCreatedAt().toString(),
          lineage.getTrainedFrom().toString(),
          lineage.getTrainedUntil().toString(),
          lineage.getRows(),
          lineage.getPositives(),
          lineage.getCodeVersion(),
          new TreeMap<>(lineage.getParameters()),
          lineage.getParent());
    }
  }

  /** What an instance decided last. */
  @Serdeable
  record InstanceView(
      String instance,
      String version,
      String outcome,
      @Nullable String code,
      @Nullable String reason,
      @Nullable String liveVersion,
      String decidedAt) {
    static InstanceView of(ModelStatus status) {
      return new InstanceView(
          status.getInstance(),
          status.getVersion(),
          status.getOutcome().name(),
          status.getCode(),
          status.getReason(),
          status.getLiveVersion(),
          status.getDecidedAt().toString());
    }
  }

  /** To which stage a version is to move, and who says so. */
  @Serdeable
  record Move(String stage, @Nullable Double canaryShare, String approvedBy) {}

  /** Who takes back the live version. */
  @Serdeable
  record Rollback(String approvedBy) {}
}
