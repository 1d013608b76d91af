package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.schemas.avro.ModelKind;
import java.nio.charset.StandardCharsets;

/** A probability times an amount; as it is served, margin and prediction are the same. */
final class ProductModel implements TrainedModel {
  private final TrainedModel classifier;
  private final TrainedModel regressor;

  ProductModel(TrainedModel classifier, TrainedModel regressor) {
    this.classifier = classifier;
    this.regressor = regressor;
  }

  @Override
  public ModelKind kind() {
    return ModelKind.COMPOSITE;
  }

  @Override
  public byte[] payload() {
    return document().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String document() {
    return """
        {"kind":"composite","format":1,"combine":"product","classifier":%s,"regressor":%s}"""
        .formatted(classifier.document(), regressor.document());
  }

  @Override
  public double[] margins(Rows rows) {
    return predictions(rows);
  }

  @Override
  public double[] predictions(Rows rows) {
    double[] products = classifier.predictions(rows);
    double[] amounts = regressor.predictions(rows);
    for (int row = 0; row < products.length; row++) {
      products[row] *= amounts[row];
    }
    return products;
  }

  @Override
  public void close() {
    classifier.close();
    regressor.close();
  }
}
