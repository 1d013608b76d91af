package dev.presage.model;

import dev.presage.model.calibration.Bands;
import dev.presage.model.calibration.Calibration;
import dev.presage.model.document.DocumentFormat;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.lightgbm.LightgbmModel;
import dev.presage.model.payload.FeaturePositions;
import dev.presage.model.population.ReferencePopulation;
import dev.presage.model.signature.TrustedKeys;
import dev.presage.model.xgboost.XgboostModel;
import dev.presage.model.xgboost.XgboostOptions;
import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From an artefact to a model that may score. Nothing of an artefact is trusted; the checks are, in
 * this order: limits, checksum, signature, fingerprint, the payload's structure, golden rows.
 * Thread-safe.
 */
public final class ModelLoader {
  private final ModelLimits limits;
  private final TrustedKeys trusted;

  /** Checks no signatures. */
  public ModelLoader(ModelLimits limits) {
    this(limits, TrustedKeys.NONE);
  }

  /**
   * @param trusted who must have signed a model; nobody where there are none
   */
  public ModelLoader(ModelLimits limits, TrustedKeys trusted) {
    this.limits = limits;
    this.trusted = trusted;
  }

  /**
   * Verifies and compiles a model.
   *
   * @param artefact the model; not changed, and not referred to afterwards but for its metadata
   * @param servableFingerprint fingerprint of the feature schema whose vectors can be built here
   * @throws ModelRefusedException at the first check that fails, with a code, what was found and
   *     how to mend it
   */
  public LoadedModel load(ModelArtefact artefact, String servableFingerprint)
      throws ModelRefusedException {
    ByteBuffer payload = artefact.getPayload().duplicate();
    FeatureSchema schema = artefact.getFeatureSchema();
    checkLimits(artefact, payload);
    checkChecksum(artefact.getChecksum(), payload);
    checkSignature(artefact);
    checkCanaryShare(artefact.getCanaryShare());
    checkFingerprint(schema.getFingerprint(), servableFingerprint);
    checkNames(schema.getFeatures());
    Bands bands = Bands.of(artefact.getBands());
    ReferencePopulation population =
        ReferencePopulation.of(artefact.getPopulation(), schema.getFeatures());
    List<Predictor> candidates = calibrated(compile(artefact, payload), artefact.getCalibration());
    GoldenRows goldenRows =
        GoldenRows.of(
            artefact.getGoldenRows(), schema.getFeatures().size(), Tolerance.of(artefact));
    return LoadedModel.of(artefact, goldenRows.choose(candidates), bands, population);
  }

  private void checkLimits(ModelArtefact artefact, ByteBuffer payload)
      throws ModelRefusedException {
    if (payload.remaining() > limits.payloadBytes()) {
      throw new ModelRefusedException(
          RefusalCode.PAYLOAD_TOO_LARGE,
          "the payload has %d bytes, the limit is %d; train a smaller model or raise the limit"
              .formatted(payload.remaining(), limits.payloadBytes()));
    }
    checkCount("features", artefact.getFeatureSchema().getFeatures().size(), limits.features());
    checkCount("golden rows", artefact.getGoldenRows().size(), limits.goldenRows());
  }

  private static void checkCount(String what, int count, int limit) throws ModelRefusedException {
    if (count > limit) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "the artefact has %d %s, the limit is %d; use fewer or raise the limit"
              .formatted(count, what, limit));
    }
  }

  private static void checkChecksum(String expected, ByteBuffer payload)
      throws ModelRefusedException {
    String actual = ModelArtefacts.checksum(payload);
    if (!actual.equals(expected)) {
      throw new ModelRefusedException(
          RefusalCode.CHECKSUM_MISMATCH,
          "the payload's SHA-256 is %s, the artefact says %s; publish the artefact again"
              .formatted(actual, expected));
    }
  }

  private void checkSignature(ModelArtefact artefact) throws ModelRefusedException {
    if (!trusted.areRequired()) {
      return;
    }
    if (artefact.getSignature() == null) {
      throw new ModelRefusedException(
          RefusalCode.SIGNATURE_MISSING,
          "the artefact is not signed; sign it with the private key of one of the %d keys that are trusted here"
              .formatted(trusted.count()));
    }
    if (!trusted.trust(artefact)) {
      throw new ModelRefusedException(
          RefusalCode.SIGNATURE_INVALID,
          "the signature is not one over this artefact by any of the %d keys that are trusted here; sign it last, after every change, with the private key of one of them"
              .formatted(trusted.count()));
    }
  }

  private static void checkCanaryShare(double share) throws ModelRefusedException {
    if (!(share >= 0 && share <= 1)) {
      throw new ModelRefusedException(
          RefusalCode.INVALID_CANARY_SHARE,
          "the canary share is %s; give a share from 0 to 1".formatted(share));
    }
  }

  private static void checkFingerprint(String trainedOn, String servable)
      throws ModelRefusedException {
    if (!trainedOn.equals(servable)) {
      throw new ModelRefusedException(
          RefusalCode.FINGERPRINT_MISMATCH,
          "the model was trained on the feature schema %s, but %s is served here; train it again on the features that are declared now"
              .formatted(trainedOn, servable));
    }
  }

  private static void checkNames(List<String> features) throws ModelRefusedException {
    Set<String> names = new HashSet<>();
    for (String feature : features) {
      if (!names.add(feature)) {
        throw new ModelRefusedException(
            RefusalCode.FEATURE_MISMATCH,
            "the feature schema names %s twice; name each feature once".formatted(feature));
      }
    }
  }

  private List<Predictor> compile(ModelArtefact artefact, ByteBuffer payload)
      throws ModelRefusedException {
    ModelKind kind = artefact.getKind();
    List<String> features = artefact.getFeatureSchema().getFeatures();
    try {
      return switch (kind) {
        case XGBOOST_JSON -> xgboost(DocumentFormat.JSON, payload, artefact);
        case XGBOOST_UBJSON -> xgboost(DocumentFormat.UBJSON, payload, artefact);
        case LIGHTGBM_TEXT ->
            List.of(
                LightgbmModel.read(
                    StandardCharsets.UTF_8.decode(payload).toString(),
                    new FeaturePositions(features),
                    limits));
        case LINEAR, COMPOSITE, BUY_TILL_YOU_DIE, SEGMENTATION ->
            List.of(
                DocumentModels.read(
                    DocumentFormat.JSON.read(payload, limits.documentValues()),
                    kind.name().toLowerCase(Locale.ROOT),
                    features,
                    limits));
        case UNKNOWN ->
            throw new ModelRefusedException(
                RefusalCode.UNSUPPORTED,
                "the artefact's kind is not known to this version; upgrade the streams application");
      };
    } catch (UnreadableDocumentException e) {
      throw new ModelRefusedException(
          RefusalCode.UNREADABLE,
          "the payload is not a model of kind %s: %s; save the model again from its trainer"
              .formatted(kind, e.getMessage()),
          e);
    }
  }

  private static List<Predictor> calibrated(
      List<Predictor> candidates, dev.presage.schemas.avro.@Nullable Calibration calibration)
      throws ModelRefusedException {
    if (calibration == null) {
      return candidates;
    }
    Predictor first = candidates.getFirst();
    if (first.outputs() != 1 || !first.classes().isEmpty()) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          "the artefact has a calibration, but its model predicts classes; publish it without");
    }
    Calibration read = Calibration.of(calibration);
    return candidates.stream().map(read::on).toList();
  }

  private List<Predictor> xgboost(DocumentFormat format, ByteBuffer payload, ModelArtefact artefact)
      throws UnreadableDocumentException, ModelRefusedException {
    XgboostOptions options = XgboostOptions.of(artefact.getLineage().getParameters());
    Node document = format.read(payload, limits.documentValues());
    return XgboostModel.read(document, artefact.getFeatureSchema().getFeatures(), limits, options)
        .predictors();
  }
}
