package dev.presage.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A model in XGBoost's old binary format, which it no longer writes since 3.1 and which is all that
 * {@code ai.h2o:xgboost-predictor} reads. Only {@code gbtree} with one output and numeric splits.
 *
 * <pre>
 *   learner   base score, features, classes, 2 flags, version: major, minor; 27 reserved
 *   names     objective, booster: length (8 bytes), characters
 *   gbtree    trees, 3 ignored, 8 ignored bytes, outputs, leaf vector, 32 reserved
 *   tree      1, nodes, 0, 0, features, leaf vector, 31 reserved; nodes; statistics of the nodes
 *   node      parent, left, right, feature | missing goes left &lt;&lt; 31, threshold or leaf
 *   info      output of each tree
 * </pre>
 *
 * Everything but the names is a little-endian int or float.
 */
final class LegacyModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NODE_BYTES = 36;
  private static final int TREE_BYTES = 37 * Integer.BYTES + Integer.BYTES;
  private static final int HEAD_BYTES = 1024;
  private static final int STATISTICS_BYTES = 16;
  private static final int MISSING_LEFT = 1 << 31;

  private final ByteBuffer out;
  private final int features;

  private LegacyModel(int capacity, int features) {
    this.out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    this.features = features;
  }

  /**
   * Translates a model.
   *
   * @param json as XGBoost 3.x writes it
   */
  static byte[] of(byte[] json) throws IOException {
    JsonNode learner = JSON.readTree(json).path("learner");
    JsonNode parameters = learner.path("learner_model_param");
    JsonNode trees = learner.at("/gradient_booster/model/trees");
    int capacity = HEAD_BYTES + trees.size() * TREE_BYTES;
    for (JsonNode tree : trees) {
      capacity += tree.path("left_children").size() * NODE_BYTES;
    }
    LegacyModel model = new LegacyModel(capacity, parameters.path("num_feature").asInt());
    model.learner(baseScore(parameters), learner.at("/objective/name").asText());
    model.gbtree(trees);
    return model.bytes();
  }

  private static float baseScore(JsonNode parameters) {
    return Float.parseFloat(parameters.path("base_score").asText().replaceAll("[\\[\\]]", ""));
  }

  private void learner(float baseScore, String objective) {
    out.putFloat(baseScore).putInt(features).putInt(0).putInt(0).putInt(0).putInt(1).putInt(7);
    skip(27 * Integer.BYTES);
    name(objective);
    name("gbtree");
  }

  private void name(String name) {
    out.putLong(name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
  }

  private void gbtree(JsonNode trees) {
    out.putInt(trees.size()).putInt(1).putInt(features).putInt(0).putLong(0).putInt(1).putInt(0);
    skip(32 * Integer.BYTES);
    trees.forEach(this::tree);
    skip(trees.size() * Integer.BYTES);
  }

  private void tree(JsonNode tree) {
    JsonNode left = tree.path("left_children");
    int nodes = left.size();
    out.putInt(1).putInt(nodes).putInt(0).putInt(0).putInt(features).putInt(0);
    skip(31 * Integer.BYTES);
    for (int node = 0; node < nodes; node++) {
      boolean missingLeft = tree.path("default_left").path(node).asInt() != 0;
      out.putInt(tree.path("parents").path(node).asInt())
          .putInt(left.path(node).asInt())
          .putInt(tree.path("right_children").path(node).asInt())
          .putInt(tree.path("split_indices").path(node).asInt() | (missingLeft ? MISSING_LEFT : 0))
          .putFloat(tree.path("split_conditions").path(node).floatValue());
    }
    skip(nodes * STATISTICS_BYTES);
  }

  private void skip(int bytes) {
    out.position(out.position() + bytes);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }
}
