package dev.presage.retrain.candidates;

import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.training.BoostedTrees;
import dev.presage.schemas.avro.ModelKind;

/** Boosted trees, published as the library writes them. */
final class TreesModel implements TrainedModel {
  private final BoostedTrees trees;

  TreesModel(BoostedTrees trees) {
    this.trees = trees;
  }

  @Override
  public ModelKind kind() {
    return ModelKind.XGBOOST_UBJSON;
  }

  @Override
  public byte[] payload() {
    return trees.toUbjson();
  }

  @Override
  public String document() {
    return "{\"kind\":\"xgboost\",\"format\":1,\"document\":" + trees.toJson() + "}";
  }

  @Override
  public double[] margins(Rows rows) {
    return rows.size() == 0 ? new double[0] : trees.margins(rows);
  }

  @Override
  public double[] predictions(Rows rows) {
    return rows.size() == 0 ? new double[0] : trees.predict(rows);
  }

  @Override
  public SplitFigures splits() {
    return new SplitFigures(trees.meanOfSplits("gain"), trees.meanOfSplits("cover"));
  }

  @Override
  public void close() {
    trees.close();
  }
}
