package dev.presage.local.cli;

import dev.presage.local.retrainer.Decisions;
import dev.presage.local.retrainer.ModelUpload;
import dev.presage.local.retrainer.ModelVersion;
import dev.presage.local.retrainer.RetrainerClient;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Brings in a model that was trained elsewhere. */
@Command(
    name = "import",
    description = {
      "Brings in a model that was trained elsewhere, and publishes it for a trait.",
      "",
      "The file is what XGBoost (JSON, UBJSON) or LightGBM (text) saved, or JSON of our own. It goes"
          + " out only if it predicts the golden rows as its trainer did: a CSV with a column for"
          + " each feature, by name, and 'margin' and 'prediction'.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./presage models import model.ubj --trait likelihood-to-repurchase-30d --golden-rows golden.csv",
      "  ./presage models import model.txt --trait churn-90d --golden-rows golden.csv --stage shadow"
    })
final class ModelsImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ParentCommand private ModelsCommand models;

  @Mixin private RetrainerOptions retrainers;

  @Mixin private ApprovalOption approval;

  @Parameters(paramLabel = "FILE", description = "The model as its library saved it.")
  private Path file;

  @Option(names = "--trait", paramLabel = "TRAIT", required = true, description = "The trait.")
  private @Nullable String trait;

  @Option(
      names = "--golden-rows",
      paramLabel = "CSV",
      required = true,
      description = "What the trainer predicted for some rows; twenty or more do well.")
  private @Nullable Path goldenRows;

  @Option(
      names = "--model-version",
      paramLabel = "VERSION",
      description =
          "A name for the version. Default: 'imported-' and the start of the file's checksum.")
  private @Nullable String version;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "live (the default), canary or shadow.")
  private @Nullable ModelStage stage;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      description = "The share of customers that a canary scores, 0 to 1. Default: 0.05.")
  private @Nullable Double share;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "What the file is, where it cannot tell, for example xgboost-ubjson.")
  private @Nullable String kind;

  @Option(
      names = "--iterations",
      paramLabel = "FROM:UNTIL",
      description = "Which iterations of XGBoost's count. Default: all, or up to the best one.")
  private @Nullable String iterations;

  @Override
  public Integer call() {
    // Both are required.
    String ofTrait = Objects.requireNonNull(trait);
    ModelUpload upload =
        new ModelUpload(
            ofTrait,
            existing(file),
            existing(Objects.requireNonNull(goldenRows)),
            approval.name(),
            Optional.ofNullable(kind),
            Optional.ofNullable(version),
            Optional.ofNullable(stage).map(ModelStage::name),
            Optional.ofNullable(share),
            Optional.ofNullable(iterations));
    try (RetrainerClient retrainer = retrainers.connect()) {
      return ModelChange.report(
          models.presage().console(),
          Decisions.after(retrainer, ofTrait, () -> bringIn(retrainer, upload)));
    }
  }

  private ModelVersion bringIn(RetrainerClient retrainer, ModelUpload upload) {
    try {
      return retrainer.bringIn(upload);
    } catch (FileNotFoundException e) {
      throw new ParameterException(spec.commandLine(), "There is no file " + e.getMessage(), e);
    }
  }

  private Path existing(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ParameterException(spec.commandLine(), "There is no file " + path);
    }
    return path;
  }
}
