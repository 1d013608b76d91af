package dev.presage.retrain.registry;

import dev.presage.features.FeatureSchema;
import dev.presage.model.ModelArtefacts;
import dev.presage.model.ModelLimits;
import dev.presage.model.ModelLoader;
import dev.presage.model.ModelRefusedException;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a model that was trained elsewhere, checks it as those who serve it will, and publishes it.
 * Thread-safe.
 */
public final class ModelImport {
  private static final int CHECKSUM_DIGITS = 12;

  private final FeatureSchema schema;
  private final ModelRegistry registry;
  private final InstantSource clock;
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  /** Brings in models of one feature schema. */
  public ModelImport(FeatureSchema schema, ModelRegistry registry, InstantSource clock) {
    this.schema = schema;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * What is brought in.
   *
   * @param trait a trait that is defined
   * @param fileName where the payload comes from, for the record
   * @param payload the file as its library saved it
   * @param kind what sort of predictor it is; null where the payload is to tell
   * @param goldenRows as {@link GoldenCsv} reads them
   * @param version null for {@code imported-} and the start of the checksum, which is the same for
   *     the same file
   * @param stage what it is to be used for
   * @param canaryShare the share of canonical IDs that it scores as a CANARY, in [0, 1]; null for
   *     the usual one
   * @param approvedBy who decided that
   * @param parameters how the payload is to be read, for example {@code predict.iteration_range}
   */
  public record Wanted(
      String trait,
      String fileName,
      ByteBuffer payload,
      @Nullable ModelKind kind,
      String goldenRows,
      @Nullable String version,
      ModelStage stage,
      @Nullable Double canaryShare,
      String approvedBy,
      Map<String, String> parameters) {}

  /**
   * Checks and publishes a model.
   *
   * @throws InvalidImportException where the golden rows cannot be read, it is not clear what the
   *     payload is, or the model is refused; nothing is published then
   */
  public RegisteredModel publish(Wanted wanted) {
    byte[] payload = new byte[wanted.payload().remaining()];
    wanted.payload().duplicate().get(payload);
    ModelKind kind = wanted.kind() == null ? PayloadKind.of(payload) : wanted.kind();
    ModelArtefact.Builder builder = ModelArtefacts.newBuilder(kind, payload);
    if (wanted.canaryShare() != null) {
      builder.setCanaryShare(wanted.canaryShare());
    }
    String ofFile = "imported-" + builder.getChecksum().substring(0, CHECKSUM_DIGITS);
    ModelArtefact artefact =
        builder
            .setTrait(wanted.trait())
            .setVersion(wanted.version() == null ? ofFile : wanted.version())
            .setStage(wanted.stage())
            .setFeatureSchema(
                new dev.presage.schemas.avro.FeatureSchema(schema.fingerprint(), schema.names()))
            .setGoldenRows(GoldenCsv.read(wanted.goldenRows(), schema, isOfFloats(kind)))
            .setMetrics(Map.of())
            .setLineage(lineage(wanted))
            .setApprovedBy(wanted.approvedBy())
            .build();
    try {
      loader.load(artefact, schema.fingerprint());
    } catch (ModelRefusedException e) {
      throw new InvalidImportException(e.code() + ": " + e.getMessage(), e);
    }
    registry.publish(artefact);
    return RegisteredModel.of(artefact);
  }

  private static boolean isOfFloats(ModelKind kind) {
    return kind == ModelKind.XGBOOST_JSON || kind == ModelKind.XGBOOST_UBJSON;
  }

  private Lineage lineage(Wanted wanted) {
    // Nothing is known of the rows that it was trained on.
    Instant now = clock.instant();
    return Lineage.newBuilder()
        .setCreatedAt(now)
        .setTrainedFrom(now)
        .setTrainedUntil(now)
        .setRows(0)
        .setPositives(0)
        .setParameters(withFile(wanted))
        .setParent(registry.liveVersion(wanted.trait()).orElse(null))
        .build();
  }

  private static Map<String, String> withFile(Wanted wanted) {
    TreeMap<String, String> parameters = new TreeMap<>(wanted.parameters());
    parameters.put("import.file", wanted.fileName());
    return parameters;
  }
}
