package dev.presage.model;

import dev.presage.model.btyd.BuyTillYouDieModel;
import dev.presage.model.calibration.Calibration;
import dev.presage.model.composite.CompositeModel;
import dev.presage.model.document.Node;
import dev.presage.model.document.UnreadableDocumentException;
import dev.presage.model.lightgbm.LightgbmModel;
import dev.presage.model.linear.LinearModel;
import dev.presage.model.payload.FeaturePositions;
import dev.presage.model.payload.Fields;
import dev.presage.model.segmentation.SegmentationModel;
import dev.presage.model.xgboost.XgboostModel;
import dev.presage.model.xgboost.XgboostOptions;
import java.util.List;

/**
 * Reads models in our own JSON, and the models that these are made of. A model says its {@code
 * kind}; how deep models are nested and how many there are is bounded.
 */
final class DocumentModels {
  private static final int MOST_DEEP = 8;
  private static final int MOST_MODELS = 64;

  private final List<String> schema;
  private final ModelLimits limits;
  private int depth;
  private int models;

  private DocumentModels(List<String> schema, ModelLimits limits) {
    this.schema = schema;
    this.limits = limits;
  }

  /**
   * Reads a payload.
   *
   * @param kind the one that its artefact announces
   * @param schema names of the features, in the order of the vector
   */
  static Predictor read(Node document, String kind, List<String> schema, ModelLimits limits)
      throws UnreadableDocumentException, ModelRefusedException {
    Fields model = new Fields(document, new FeaturePositions(schema));
    if (!model.text("kind").equals(kind)) {
      throw model.problem("kind", "is not \"" + kind + "\", as the artefact says");
    }
    return new DocumentModels(schema, limits).model(model);
  }

  private Predictor member(Fields parent, String name)
      throws UnreadableDocumentException, ModelRefusedException {
    Predictor member = model(parent.object(name));
    if (member.outputs() != 1) {
      throw new ModelRefusedException(
          RefusalCode.UNSUPPORTED,
          "%s has %d outputs; a part of a model has one"
              .formatted(parent.node().get(name).path(), member.outputs()));
    }
    return member;
  }

  private Predictor model(Fields model) throws UnreadableDocumentException, ModelRefusedException {
    if (++depth > MOST_DEEP || ++models > MOST_MODELS) {
      throw new ModelRefusedException(
          RefusalCode.LIMIT_EXCEEDED,
          "models are nested more than %d deep, or there are more than %d"
              .formatted(MOST_DEEP, MOST_MODELS));
    }
    Predictor read = read(model);
    depth--;
    return read;
  }

  private Predictor read(Fields model) throws UnreadableDocumentException, ModelRefusedException {
    model.checkFormat();
    return switch (model.text("kind")) {
      case "linear" -> LinearModel.read(model);
      case "composite" -> CompositeModel.read(model, this::member);
      case "buy_till_you_die" -> BuyTillYouDieModel.read(model);
      case "segmentation" -> SegmentationModel.read(model, this::member);
      case "calibrated" -> {
        model.allow("kind", "format", "model", "calibration");
        yield Calibration.read(model.object("calibration")).on(member(model, "model"));
      }
      case "xgboost" -> {
        model.allow("kind", "format", "document");
        yield XgboostModel.read(
                model.node().get("document"), schema, limits, XgboostOptions.DEFAULTS)
            .predictors()
            .getFirst();
      }
      case "lightgbm" -> {
        model.allow("kind", "format", "text");
        yield LightgbmModel.read(model.text("text"), model.features(), limits);
      }
      default ->
          throw model.problem(
              "kind",
              "must be one of linear, composite, buy_till_you_die, segmentation, calibrated, xgboost, lightgbm");
    };
  }
}
