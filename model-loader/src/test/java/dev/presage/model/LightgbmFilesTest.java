package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.GoldenRow;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.ModelKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that Python's lightgbm wrote; {@code src/test/resources/lightgbm/make.py} made them. */
class LightgbmFilesTest {
  private static final Path FOLDER = Path.of("src/test/resources/lightgbm");
  private static final List<String> FEATURES =
      List.of("orders_90d", "country", "revenue_90d", "days_since_last_order");

  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  @ParameterizedTest
  @CsvSource({
    "binary,1",
    "categorical,1",
    "multiclass,3",
    "ova,3",
    "zero-as-missing,1",
    "no-missing,1",
    "forest,1",
    "dart,1",
    "one-leaf,1",
    "without-names,1",
    "ranking,1"
  })
  void shouldScoreAsPythonDoes(String name, int outputs) throws ModelRefusedException {
    List<GoldenRow> rows = rows(name, outputs);

    Predictor predictor = load(artefact(text(name), rows)).predictor();

    assertThat(rows).hasSize(40);
    assertThat(predictor.outputs()).isEqualTo(outputs);
  }

  @Test
  void shouldScoreWhatAnotherLineEndWasPutInto() throws ModelRefusedException {
    load(artefact(text("binary").replace("\n", "\r\n"), rows("binary", 1)));
  }

  @Test
  void shouldMapFeaturesByName() throws ModelRefusedException {
    List<String> reversed = FEATURES.reversed();
    List<GoldenRow> rows = rows("binary", 1);
    rows.forEach(row -> row.put("features", row.getFeatures().reversed()));

    load(artefact(text("binary"), rows, reversed));
    refused(
        artefact(text("binary").replace("country", "land"), rows, reversed),
        RefusalCode.FEATURE_MISMATCH,
        "the model has land, which its feature schema has not");
    refused(
        artefact(text("without-names"), rows, List.of("a", "b")),
        RefusalCode.FEATURE_MISMATCH,
        "the model has 4 features without names, its feature schema has 2");
  }

  @Test
  void shouldRefuseAGoldenRowThatIsNotPredicted() {
    List<GoldenRow> rows = rows("multiclass", 3);
    GoldenRow row = rows.get(7);
    List<Double> predictions = new ArrayList<>(row.getPredictions());
    predictions.set(2, predictions.get(2) * (1 + 2e-9));
    row.put("predictions", predictions);
    refused(
        artefact(text("multiclass"), rows),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 7 has the prediction 2 ");

    row.put("predictions", List.of(1.0));
    refused(
        artefact(text("multiclass"), rows),
        RefusalCode.GOLDEN_ROW_MISMATCH,
        "golden row 7 has 1 predictions, but the model gives 3");
  }

  @Test
  void shouldRefuseWhatItCannotScore() {
    unsupported("linear-leaves", text -> text, "the leaves are linear models");
    unsupported("binary", change("objective=binary", "objective=custom"), "\"custom\"");
    unsupported("binary", change("objective=binary", "objective=binary beta:2"), "\"beta:2\"");
    unsupported("binary", change("num_class=1", "num_class=3"), "num_class is 3 and");
    unsupported(
        "multiclass", change("objective=multiclass", "objective=binary"), "num_class is 3 and");
  }

  @Test
  void shouldRefuseWhatIsNoModelFile() {
    unreadable("binary", text -> "", "the first line is not \"tree\"");
    unreadable("binary", text -> "forest" + text, "the first line is not \"tree\"");
    unreadable(
        "binary",
        text -> text.substring(0, text.indexOf("end of trees")),
        "the file ends before \"end of trees\"");
    unreadable("binary", change("Tree=3", "Tree=7"), "tree 3 is missing");
    unreadable("binary", change("num_leaves=7", "num_leaf=7"), "num_leaves of tree 0 is missing");
    unreadable("binary", change("num_leaves=7", "num_leaves=8"), "elements where");
    unreadable("binary", change("num_leaves=7", "num_leaves=0"), "num_leaves of a tree is 0");
    unreadable("binary", change("num_leaves=7", "num_leaves=x"), "where an integer is expected");
    unreadable(
        "binary", change("shrinkage=1", "num_leaves=7"), "num_leaves of tree 0 stands twice");
    unreadable("binary", change("tree_sizes=", "tree_sizes=7 "), "tree_sizes has 6 elements");
    unreadable("binary", change("sigmoid:1", "sigmoid:-1"), "sigmoid is -1.0");
    unreadable("binary", change("sigmoid:1", "sigmoid:NaN"), "where a number is expected");
    unreadable(
        "binary", change("max_feature_idx=3", "max_feature_idx=2147483647"), "is 2147483647");
    unreadable("binary", change("max_feature_idx=3", "max_feature_idx=4"), "feature_names of");
    unreadable("binary", first("threshold=", "nan"), "\"nan\" where a number is expected");
    unreadable("binary", first("threshold=", "0x1p3"), "\"0x1p3\" where a number is expected");
    unreadable("binary", first("leaf_value=", "inf"), "\"inf\" where a number is expected");
    unreadable("binary", first("leaf_value=", "1e999"), "\"1e999\" where a number is expected");
    unreadable("categorical", first("cat_boundaries=", "1"), "do not ascend from 0");
    unreadable("categorical", first("cat_threshold=", "4294967296"), "an integer is expected");
    unreadable("categorical", first("num_cat=", "2147483647"), "num_cat of a tree is 2147483647");
    unreadable(
        "binary",
        text -> text.replace("\nTree=0", "\n" + lines(70) + "Tree=0"),
        "the head has more than 64 lines");
  }

  @Test
  void shouldRefuseTreesThatCannotBe() {
    malformed("binary", first("left_child=", "0"), "child 0 is reached a second time");
    malformed("binary", first("left_child=", "6"), "split 0 has the child 6");
    malformed("binary", first("left_child=", "-8"), "split 0 has the child -8");
    malformed("binary", first("left_child=", "-2147483648"), "has the child -2147483648");
    malformed("binary", first("split_feature=", "4"), "split 0 is on feature 4, but there are 4");
    malformed("binary", first("split_feature=", "-1"), "split 0 is on feature -1");
    malformed("binary", first("decision_type=", "14"), "has the decision_type 14");
    malformed("binary", first("decision_type=", "-128"), "has the decision_type -128");
    malformed("binary", first("decision_type=", "1"), "split 0 is on set");
  }

  @Test
  void shouldRefuseWhatIsTooLarge() {
    limited(new ModelLimits(1 << 20, 9, 99, 4, 999, 99, 9), "more than 4 trees");
    limited(new ModelLimits(1 << 20, 9, 99, 5, 64, 99, 9), "more than 64 nodes");
    limited(new ModelLimits(1 << 20, 9, 99, 5, 65, 2, 9), "is more than 2 splits deep");
  }

  private void limited(ModelLimits limits, String reason) {
    ModelArtefact artefact = artefact(text("binary"), rows("binary", 1)).build();
    assertThatThrownBy(() -> new ModelLoader(limits).load(artefact, NativeModel.FINGERPRINT))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class,
            e -> assertThat(e.code()).isEqualTo(RefusalCode.LIMIT_EXCEEDED));
  }

  private static UnaryOperator<String> change(String from, String to) {
    return text -> {
      assertThat(text).contains(from);
      int at = text.indexOf(from);
      return text.substring(0, at) + to + text.substring(at + from.length());
    };
  }

  /** Puts another word where the first of a line was. */
  private static UnaryOperator<String> first(String line, String word) {
    return text -> text.replaceFirst("\n" + line + "[^ \n]*", "\n" + line + word);
  }

  private static String lines(int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line_").append(i).append("=\n");
    }
    return lines.toString();
  }

  private void unreadable(String name, UnaryOperator<String> change, String reason) {
    refused(name, change, RefusalCode.UNREADABLE, reason);
  }

  private void unsupported(String name, UnaryOperator<String> change, String reason) {
    refused(name, change, RefusalCode.UNSUPPORTED, reason);
  }

  private void malformed(String name, UnaryOperator<String> change, String reason) {
    refused(name, change, RefusalCode.MALFORMED_TREE, reason);
  }

  private void refused(String name, UnaryOperator<String> change, RefusalCode code, String reason) {
    refused(artefact(change.apply(text(name)), rows("binary", 1)), code, reason);
  }

  private void refused(ModelArtefact.Builder artefact, RefusalCode code, String reason) {
    assertThatThrownBy(() -> load(artefact))
        .hasMessageContaining(reason)
        .isInstanceOfSatisfying(
            ModelRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private LoadedModel load(ModelArtefact.Builder artefact) throws ModelRefusedException {
    return loader.load(artefact.build(), NativeModel.FINGERPRINT);
  }

  private static ModelArtefact.Builder artefact(String text, List<GoldenRow> rows) {
    return artefact(text, rows, FEATURES);
  }

  private static ModelArtefact.Builder artefact(
      String text, List<GoldenRow> rows, List<String> features) {
    return Artefacts.of(ModelKind.LIGHTGBM_TEXT, text.getBytes(StandardCharsets.UTF_8), features)
        .setGoldenRows(rows);
  }

  private static String text(String name) {
    return read(name + ".txt");
  }

  private static List<GoldenRow> rows(String name, int outputs) {
    List<GoldenRow> rows = new ArrayList<>();
    for (String line : read(name + ".csv").lines().toList()) {
      double[] cells =
          Arrays.stream(line.split(",", -1)).mapToDouble(LightgbmFilesTest::number).toArray();
      int features = FEATURES.size();
      double[] vector = Arrays.copyOf(cells, features);
      double[] margins = Arrays.copyOfRange(cells, features, features + outputs);
      double[] predictions = Arrays.copyOfRange(cells, features + outputs, features + 2 * outputs);
      rows.add(
          outputs == 1
              ? ModelArtefacts.goldenRow(vector, margins[0], predictions[0])
              : ModelArtefacts.goldenRow(vector, margins, predictions));
    }
    return rows;
  }

  private static double number(String cell) {
    return switch (cell) {
      case "" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }

  private static String read(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
