package dev.presage.retrain.registry;

import dev.presage.model.ModelLimits;
import dev.presage.model.document.DocumentFormat;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Tells from a payload what sort of predictor it is. */
final class PayloadKind {
  private static final byte[] LIGHTGBM = "tree".getBytes(StandardCharsets.US_ASCII);

  private PayloadKind() {}

  /**
   * @throws InvalidImportException where it is none that is known
   */
  static ModelKind of(byte[] payload) {
    if (startsWith(payload, LIGHTGBM)) {
      return ModelKind.LIGHTGBM_TEXT;
    }
    int first = firstCharacter(payload, 0);
    if (first >= payload.length || payload[first] != '{') {
      throw new InvalidImportException(
          "the file is neither JSON nor UBJSON of XGBoost, nor a model text of LightGBM, nor JSON of"
              + " our own; say what it is by its kind, or save it again, for example with"
              + " booster.save_model(\"model.ubj\")");
    }
    int second = firstCharacter(payload, first + 1);
    if (second < payload.length && (payload[second] == '"' || payload[second] == '}')) {
      return ofJson(payload);
    }
    return ModelKind.XGBOOST_UBJSON;
  }

  private static ModelKind ofJson(byte[] payload) {
    try {
      Node document =
          DocumentFormat.JSON.read(ByteBuffer.wrap(payload), ModelLimits.DEFAULTS.documentValues());
      Node kind = document.find("kind");
      if (kind == null) {
        return ModelKind.XGBOOST_JSON;
      }
      return switch (kind.text()) {
        case "linear" -> ModelKind.LINEAR;
        case "composite" -> ModelKind.COMPOSITE;
        case "buy_till_you_die" -> ModelKind.BUY_TILL_YOU_DIE;
        case "segmentation" -> ModelKind.SEGMENTATION;
        default ->
            throw new InvalidImportException(
                "the file is a model of the unknown kind %s; there are linear, composite, buy_till_you_die and segmentation"
                    .formatted(kind.text()));
      };
    } catch (UnreadableDocumentException e) {
      throw new InvalidImportException("the file is no JSON: " + e.getMessage(), e);
    }
  }

  private static int firstCharacter(byte[] payload, int from) {
    int at = from;
    while (at < payload.length && Character.isWhitespace(payload[at])) {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] payload, byte[] start) {
    return payload.length > start.length
        && ByteBuffer.wrap(payload, 0, start.length).equals(ByteBuffer.wrap(start));
  }
}
