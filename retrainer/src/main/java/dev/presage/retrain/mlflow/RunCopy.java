package dev.presage.retrain.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.retrain.mlflow.MlflowRun.Artefact;
import dev.presage.retrain.report.HtmlReport;
import dev.presage.retrain.report.RunReport;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Makes of a training run and its model what MLflow keeps. */
final class RunCopy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HtmlReport page = new HtmlReport();

  /** The copy of a run that is over. */
  MlflowRun of(RunStatus run, ModelArtefact model) {
    Instant endedAt = Objects.requireNonNullElse(run.endedAt(), run.queuedAt());
    return new MlflowRun(
        model.getTrait() + " " + model.getVersion(),
        Objects.requireNonNullElse(run.startedAt(), run.queuedAt()),
        endedAt,
        tags(run, model),
        model.getLineage().getParameters(),
        model.getMetrics(),
        artefacts(run, model));
  }

  private static Map<String, String> tags(RunStatus run, ModelArtefact model) {
    Lineage lineage = model.getLineage();
    Map<String, String> tags = new TreeMap<>();
    tags.put("presage.run", run.id());
    tags.put("presage.trait", model.getTrait());
    tags.put("presage.version", model.getVersion());
    tags.put("presage.outcome", run.state().name());
    tags.put("presage.stage", model.getStage().name());
    tags.put("presage.kind", model.getKind().name());
    tags.put("presage.checksum", model.getChecksum());
    tags.put("presage.featureSchema", model.getFeatureSchema().getFingerprint());
    tags.put("presage.codeVersion", lineage.getCodeVersion());
    tags.put("presage.trainedFrom", lineage.getTrainedFrom().toString());
    tags.put("presage.trainedUntil", lineage.getTrainedUntil().toString());
    tags.put("presage.rows", Long.toString(lineage.getRows()));
    tags.put("presage.positives", Long.toString(lineage.getPositives()));
    String parent = lineage.getParent();
    if (parent != null) {
      tags.put("presage.parent", parent);
    }
    String approvedBy = model.getApprovedBy();
    if (approvedBy != null) {
      tags.put("presage.approvedBy", approvedBy);
    }
    String reason = run.reason();
    if (reason != null) {
      tags.put("mlflow.note.content", reason);
    }
    return tags;
  }

  private List<Artefact> artefacts(RunStatus run, ModelArtefact model) {
    RunReport report = RunReport.of(run);
    return List.of(
        new Artefact("model/" + fileName(model.getKind()), model.getPayload()),
        new Artefact("features.txt", lines(model.getFeatureSchema().getFeatures())),
        new Artefact("report.html", page.render(report)),
        new Artefact("report.json", json(report)));
  }

  private static String fileName(ModelKind kind) {
    return switch (kind) {
      case XGBOOST_UBJSON -> "model.ubj";
      case LIGHTGBM_TEXT -> "model.txt";
      default -> "model.json";
    };
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private static String json(RunReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report could not be written as JSON", e);
    }
  }
}
