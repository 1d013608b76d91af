package dev.presage.scoring;

import dev.presage.features.FeatureSchema;
import dev.presage.model.ModelArtefacts;
import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.Lineage;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small models as XGBoost would have written them. */
public final class TestModels {
  private TestModels() {}

  /**
   * One split: the margin is {@code low} while the feature is below the threshold, else {@code
   * high}.
   */
  public static ModelArtefact stump(
      FeatureSchema schema,
      String trait,
      String version,
      String feature,
      float threshold,
      float low,
      float high) {
    String json =
        """
        {"learner": {
          "attributes": {}, "feature_names": [], "feature_types": [],
          "gradient_booster": {"name": "gbtree", "model": {
            "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "1"},
            "iteration_indptr": [0, 1], "tree_info": [0],
            "trees": [{
              "id": 0,
              "base_weights": [0, %2$s, %3$s],
              "categories": [], "categories_nodes": [], "categories_segments": [],
              "categories_sizes": [],
              "default_left": [1, 0, 0],
              "left_children": [1, -1, -1], "right_children": [2, -1, -1],
              "parents": [2147483647, 0, 0],
              "loss_changes": [1, 0, 0], "sum_hessian": [2, 1, 1],
              "split_conditions": [%1$s, %2$s, %3$s],
              "split_indices": [%4$d, 0, 0], "split_type": [0, 0, 0],
              "tree_param": {"num_deleted": "0", "num_feature": "%5$d", "num_nodes": "3",
                             "size_leaf_vector": "1"}}]}},
          "learner_model_param": {"base_score": "5E-1", "boost_from_average": "1",
                                  "num_class": "0", "num_feature": "%5$d", "num_target": "1"},
          "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}}},
         "version": [3, 1, 1]}
        """
            .formatted(
                threshold, low, high, schema.names().indexOf(feature), schema.names().size());
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    return ModelArtefacts.newBuilder(ModelKind.XGBOOST_JSON, payload)
        .setTrait(trait)
        .setVersion(version)
        .setStage(ModelStage.LIVE)
        .setFeatureSchema(
            new dev.presage.schemas.avro.FeatureSchema(schema.fingerprint(), schema.names()))
        .setGoldenRows(
            List.of(
                goldenRow(schema, feature, threshold - 1, low),
                goldenRow(schema, feature, threshold + 1, high)))
        .setLineage(
            new Lineage(
                Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, 2L, 1L, "test", Map.of(), null))
        .setApprovedBy("test")
        .build();
  }

  /**
   * As large a payload as is asked for, of perfect trees of depth 12 whose every leaf is 0: the
   * prediction is always 0.5.
   */
  public static ModelArtefact large(FeatureSchema schema, String trait, String version, int bytes) {
    StringBuilder trees = new StringBuilder(bytes + (1 << 20));
    int count = 0;
    while (trees.length() < bytes) {
      trees.append(count == 0 ? "" : ",").append(perfectTree(count, schema.names().size()));
      count++;
    }
    String json =
        """
        {"learner": {
          "attributes": {}, "feature_names": [], "feature_types": [],
          "gradient_booster": {"name": "gbtree", "model": {
            "gbtree_model_param": {"num_parallel_tree": "1", "num_trees": "%1$d"},
            "iteration_indptr": [%2$s], "tree_info": [%3$s],
            "trees": [%4$s]}},
          "learner_model_param": {"base_score": "5E-1", "boost_from_average": "1",
                                  "num_class": "0", "num_feature": "%5$d", "num_target": "1"},
          "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}}},
         "version": [3, 1, 1]}
        """
            .formatted(
                count,
                numbers(0, count, i -> i),
                numbers(0, count - 1, i -> 0),
                trees,
                schema.names().size());
    ByteBuffer payload = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    String feature = schema.names().getFirst();
    return ModelArtefact.newBuilder(stump(schema, trait, version, feature, 0, 0, 0))
        .setPayload(payload)
        .setChecksum(ModelArtefacts.checksum(payload))
        .build();
  }

  /** Node i has the children 2i + 1 and 2i + 2, as in a heap. */
  private static String perfectTree(int id, int features) {
    int nodes = (1 << 13) - 1;
    int inner = nodes / 2;
    int last = nodes - 1;
    return """
    {"id": %d, "base_weights": [%s],
     "categories": [], "categories_nodes": [], "categories_segments": [], "categories_sizes": [],
     "default_left": [%s], "left_children": [%s], "right_children": [%s], "parents": [%s],
     "loss_changes": [%s], "sum_hessian": [%s], "split_conditions": [%s], "split_indices": [%s],
     "split_type": [%s],
     "tree_param": {"num_deleted": "0", "num_feature": "%d", "num_nodes": "%d",
                    "size_leaf_vector": "1"}}"""
        .formatted(
            id,
            numbers(0, last, i -> 0),
            numbers(0, last, i -> 0),
            numbers(0, last, i -> i < inner ? 2 * i + 1 : -1),
            numbers(0, last, i -> i < inner ? 2 * i + 2 : -1),
            numbers(0, last, i -> i == 0 ? Integer.MAX_VALUE : (i - 1) / 2),
            numbers(0, last, i -> 1),
            numbers(0, last, i -> 1),
            numbers(0, last, i -> i < inner ? i % 100 : 0),
            numbers(0, last, i -> i < inner ? i % features : 0),
            numbers(0, last, i -> 0),
            features,
            nodes);
  }

  private static String numbers(int from, int to, IntUnaryOperator number) {
    return IntStream.rangeClosed(from, to)
        .map(number)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static GoldenRow goldenRow(
      FeatureSchema schema, String feature, double value, float margin) {
    double[] row = new double[schema.names().size()];
    Arrays.fill(row, Double.NaN);
    row[schema.names().indexOf(feature)] = value;
    return ModelArtefacts.goldenRow(row, margin, (float) (1 / (1 + Math.exp(-margin))));
  }
}
