package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import dev.presage.model.document.DocumentFormat;
import dev.presage.model.xgboost.XgboostModel;
import dev.presage.schemas.avro.ModelKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Good models with one thing changed: each is refused for that thing. */
class XgboostPayloadTest {
  private static final NativeModel NATIVE =
      NativeModel.train(
          new NativeModel.Plan(
              "binary:logistic", 4, 500, 5, Map.of("max_depth", 3, "base_score", 0.5)),
          2);

  private final ObjectMapper json =
      JsonMapper.builder().disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @Test
  void shouldReadBaseScoresOldAndNew() throws Exception {
    for (String baseScore : new String[] {"5E-1", "0.5", "[5E-1]", " [ .5 ] "}) {
      load(model -> param(model).put("base_score", baseScore));
    }
  }

  @Test
  void shouldReadMembersThatOlderVersionsLackAndNewerOnesMayAdd() throws Exception {
    load(
        model -> {
          param(model).remove("num_target");
          param(model).remove("boost_from_average");
          learner(model).remove("feature_names");
          learner(model).remove("attributes");
          tree(model, 0).remove("split_type");
          tree(model, 0).remove("base_weights");
          learner(model).putArray("novelties").addObject().put("of", "3.9");
        });
  }

  @Test
  void shouldRefuseBaseScoresThatCannotBe() {
    unreadable(model -> param(model).put("base_score", "NaN"), "where a number is expected");
    unreadable(model -> param(model).put("base_score", "0x1p3"), "where a number is expected");
    unreadable(model -> param(model).put("base_score", ""), "base_score is \"\"");
    unreadable(
        model -> param(model).put("base_score", "1.5"),
        "base_score is 1.5, but for binary:logistic it must be between 0 and 1, both excluded");
  }

  @Test
  void shouldNameWhatItCannotScore() {
    unsupported(
        model -> objective(model, "reg:quantileerror"),
        "learner.objective.name is \"reg:quantileerror\", which cannot be scored; what can be: reg:");
    unsupported(
        model -> booster(model).put("name", "gbforest"),
        "gradient_booster.name is \"gbforest\", which cannot be scored; what can be: gbtree, dart,");
    unsupported(
        model -> param(model).put("num_class", "3"),
        "num_class is 3, with which binary:logistic cannot be scored");
    unsupported(
        model -> objective(model, "multi:softprob"),
        "num_class is 0, with which multi:softprob cannot be scored");
    unsupported(model -> param(model).put("num_target", "2"), "num_target is \"2\"");
    unsupported(
        model -> array(model, 0, "split_type").set(1, 2),
        "trees[0] has a split of type 2.0 at node 1");
    unsupported(
        model -> ((ObjectNode) tree(model, 2).get("tree_param")).put("size_leaf_vector", "4"),
        "trees[2] has leaves with 4 values");
  }

  @Test
  void shouldRefuseCountsThatDoNotAgree() {
    unreadable(
        model -> param(model).put("base_score", "[5E-1,5E-1]"),
        "base_score has too many numbers, but the model has 1 outputs");
    unreadable(
        model -> ((ArrayNode) trees(model).get("tree_info")).set(1, 1),
        "tree_info has the output 1.0 for tree 1, but the model has 1");
    unreadable(model -> tree(model, 2).put("id", 3), "trees[2].id is 3, but the tree is number 2");
    refused(
        model -> {
          objective(model, "multi:softmax");
          param(model).put("num_class", "2147483647");
        },
        RefusalCode.LIMIT_EXCEEDED,
        "the model has 2147483647 classes, the limit is 1000");
  }

  @Test
  void shouldNameWhatIsMissing() {
    unreadable(model -> model.remove("learner"), "learner is missing");
    unreadable(model -> learner(model).remove("objective"), "learner.objective is missing");
    unreadable(
        model -> tree(model, 3).remove("split_conditions"),
        "learner.gradient_booster.model.trees[3].split_conditions is missing");
    unreadable(
        model -> tree(model, 1).put("left_children", "none"),
        "trees[1].left_children is a string where an array of numbers is expected");
    unreadable(model -> param(model).put("num_feature", "four"), "num_feature is \"four\"");
    unreadable(
        model -> ((ArrayNode) trees(model).get("tree_info")).remove(0),
        "tree_info has 4 elements, but there are 5 trees");
    unreadable(
        model -> learner(model).putArray("feature_names").add("a"),
        "num_feature is \"4\", but there are 1 names");
  }

  @Test
  void shouldRefuseArraysOfDifferentLengths() {
    malformed(model -> array(model, 0, "default_left").remove(0), "default_left has");
    malformed(model -> array(model, 0, "split_indices").add(0), "split_indices has");
    malformed(
        model -> ((ObjectNode) tree(model, 0).get("tree_param")).put("num_nodes", "2147483647"),
        "tree_param.num_nodes is 2147483647");
    malformed(model -> empty(tree(model, 0)), "it has no nodes");
  }

  @Test
  void shouldRefuseNodesThatCannotBe() {
    malformed(model -> array(model, 0, "split_indices").set(0, 4), "splits on feature");
    malformed(model -> array(model, 0, "split_indices").set(0, -1), "splits on feature");
    malformed(model -> array(model, 0, "split_indices").set(0, 0.5), "splits on feature");
    malformed(model -> array(model, 0, "split_conditions").set(0, Float.NaN), "threshold NaN");
    malformed(model -> children(model, 0, 0), "reached a second time");
    malformed(model -> children(model, 0, 100_000), "has the child 100000, but there are");
    malformed(model -> children(model, 0, -7), "has the child -7, but there are");
    malformed(
        model -> array(model, 0, "right_children").set(0, 3),
        "the children of node 0 are 1 and 3, not next to each other");
  }

  @Test
  void shouldRefuseCategoriesThatCannotBe() throws Exception {
    ObjectNode model = fixture("3.1.1-categorical-partition.json");
    refused(model, "categories", 0, -1, RefusalCode.MALFORMED_TREE, "asks for the category -1");
    refused(
        model, "categories", 0, 1 << 24, RefusalCode.MALFORMED_TREE, "asks for the category 16777");
    refused(model, "categories_nodes", 0, 1000, RefusalCode.UNREADABLE, "has the node 1000.0, but");
    refused(model, "categories_sizes", 0, 1 << 30, RefusalCode.UNREADABLE, "do not follow");
    refused(model, "categories_sizes", 0, -1, RefusalCode.UNREADABLE, "do not follow");
    refused(model, "categories_segments", 0, 1, RefusalCode.UNREADABLE, "do not follow");
    for (String list : new String[] {"categories_sizes", "categories_segments"}) {
      ObjectNode shorter = model.deepCopy();
      array(shorter, categorical(shorter), list).remove(0);
      refused(shorter, "3.1.1-categorical-partition.json", RefusalCode.UNREADABLE, "elements");
    }
    ObjectNode without = model.deepCopy();
    int tree = categorical(without);
    for (String list :
        new String[] {"categories_nodes", "categories_sizes", "categories_segments"}) {
      array(without, tree, list).removeAll();
    }
    refused(
        without,
        "3.1.1-categorical-partition.json",
        RefusalCode.MALFORMED_TREE,
        "splits on categories, but names none");
  }

  @Test
  void shouldRefuseWeightsOfTreesThatCannotBe() throws Exception {
    String file = "3.1.1-dart.json";
    ObjectNode shorter = fixture(file);
    ((ArrayNode) booster(shorter).get("weight_drop")).remove(0);
    refused(shorter, file, RefusalCode.UNREADABLE, "weight_drop has 5 elements, but there are 6");
    ObjectNode longer = fixture(file);
    ((ArrayNode) booster(longer).get("weight_drop")).add(1);
    refused(longer, file, RefusalCode.UNREADABLE, "weight_drop has 7 elements, but there are 6");
    ObjectNode none = fixture(file);
    booster(none).remove("weight_drop");
    refused(none, file, RefusalCode.UNREADABLE, "weight_drop is missing");
    ObjectNode nan = fixture(file);
    ((ArrayNode) booster(nan).get("weight_drop")).set(2, Float.NaN);
    refused(nan, file, RefusalCode.UNREADABLE, "weight_drop has the weight NaN for tree 2");
  }

  /** A thousand classes without trees: a header must not claim more memory than the file has. */
  @Test
  void shouldBeModestWithClassesThatHaveNoTrees() throws Exception {
    ObjectNode model = fixture("2.1.4-softprob.json");
    param(model).put("num_class", "1000");
    byte[] payload = json.writeValueAsBytes(model);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(
            XgboostModel.read(
                    DocumentFormat.JSON.read(ByteBuffer.wrap(payload), 100_000),
                    NativeModel.names(6),
                    ModelLimits.DEFAULTS)
                .predictors())
        .singleElement()
        .satisfies(predictor -> assertThat(predictor.outputs()).isEqualTo(1000));
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3 << 20);
  }

  @Test
  void shouldRefuseLinearWeightsThatCannotBe() throws Exception {
    String file = "3.1.1-linear.json";
    ObjectNode shorter = fixture(file);
    ((ArrayNode) trees(shorter).get("weights")).remove(0);
    refused(
        shorter,
        file,
        RefusalCode.UNREADABLE,
        "weights has 6 elements, but 6 features and a bias with 1 outputs need 7");
    ObjectNode nan = fixture(file);
    ((ArrayNode) trees(nan).get("weights")).set(3, Float.POSITIVE_INFINITY);
    refused(nan, file, RefusalCode.UNREADABLE, "weights has the weight Infinity at 3");
  }

  private void refused(
      ObjectNode model, String list, int at, int value, RefusalCode code, String reason)
      throws IOException {
    ObjectNode changed = model.deepCopy();
    array(changed, categorical(changed), list).set(at, value);
    refused(changed, "3.1.1-categorical-partition.json", code, reason);
  }

  private void refused(ObjectNode model, String file, RefusalCode code, String reason)
      throws IOException {
    byte[] payload = json.writeValueAsBytes(model);
    assertThatThrownBy(
            () ->
                loader.load(
                    PythonFixtures.fixture(file).artefact(payload).build(),
                    NativeModel.FINGERPRINT))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private ObjectNode fixture(String file) throws IOException {
    return (ObjectNode) json.readTree(PythonFixtures.fixture(file).payload());
  }

  /** The first tree with a categorical split. */
  private static int categorical(ObjectNode model) {
    int tree = 0;
    while (array(model, tree, "categories_nodes").isEmpty()) {
      tree++;
    }
    return tree;
  }

  private void load(Consumer<ObjectNode> change) throws Exception {
    byte[] payload = changed(change);
    loader.load(NATIVE.artefact(ModelKind.XGBOOST_JSON, payload).build(), NativeModel.FINGERPRINT);
  }

  private void unreadable(Consumer<ObjectNode> change, String reason) {
    refused(change, RefusalCode.UNREADABLE, reason);
  }

  private void unsupported(Consumer<ObjectNode> change, String reason) {
    refused(change, RefusalCode.UNSUPPORTED, reason);
  }

  private void malformed(Consumer<ObjectNode> change, String reason) {
    refused(change, RefusalCode.MALFORMED_TREE, reason);
  }

  private void refused(Consumer<ObjectNode> change, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(change))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private byte[] changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode model = (ObjectNode) json.readTree(NATIVE.saved(ModelKind.XGBOOST_JSON));
    change.accept(model);
    return json.writeValueAsBytes(model);
  }

  private static ObjectNode learner(ObjectNode model) {
    return (ObjectNode) model.get("learner");
  }

  private static ObjectNode booster(ObjectNode model) {
    return (ObjectNode) learner(model).get("gradient_booster");
  }

  private static void objective(ObjectNode model, String name) {
    ((ObjectNode) learner(model).get("objective")).put("name", name);
  }

  private static ObjectNode param(ObjectNode model) {
    return (ObjectNode) learner(model).get("learner_model_param");
  }

  private static ObjectNode trees(ObjectNode model) {
    return (ObjectNode) booster(model).get("model");
  }

  private static ObjectNode tree(ObjectNode model, int tree) {
    return (ObjectNode) trees(model).get("trees").get(tree);
  }

  private static ArrayNode array(ObjectNode model, int tree, String name) {
    return (ArrayNode) tree(model, tree).get(name);
  }

  private static void children(ObjectNode model, int node, int left) {
    array(model, 0, "left_children").set(node, left);
    array(model, 0, "right_children").set(node, left + 1);
  }

  private static void empty(ObjectNode tree) {
    for (String name :
        new String[] {
          "left_children",
          "right_children",
          "split_indices",
          "split_conditions",
          "default_left",
          "split_type",
          "sum_hessian",
          "loss_changes"
        }) {
      tree.putArray(name);
    }
    ((ObjectNode) tree.get("tree_param")).put("num_nodes", "0");
  }
}
