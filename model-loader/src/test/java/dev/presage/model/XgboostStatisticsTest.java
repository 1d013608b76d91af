package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.model.document.DocumentFormat;
import dev.presage.model.tree.TreeStatistics;
import dev.presage.model.xgboost.XgboostModel;
import dev.presage.model.xgboost.XgboostOptions;
import dev.presage.schemas.avro.ModelKind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Cover and gain, against XGBoost's own dump of the trees. */
class XgboostStatisticsTest {
  private static final Pattern ROOT =
      Pattern.compile("^0:.*?(?:gain=([-+.e\\d]+),)?cover=([-+.e\\d]+)", Pattern.MULTILINE);
  private static final XgboostOptions ASKED = new XgboostOptions(null, null, true);

  @Test
  void shouldKeepCoverAndGainWhenAskedTo() throws Exception {
    NativeModel model = NativeModel.train(NativeModel.Plan.of("binary:logistic", 4, 10, 3), 5);

    TreeStatistics statistics = read(model.saved(ModelKind.XGBOOST_UBJSON), 4, ASKED).get(0);

    String[] dump = model.dump();
    for (int tree = 0; tree < dump.length; tree++) {
      Matcher root = ROOT.matcher(dump[tree]);
      assertThat(root.find()).as(dump[tree]).isTrue();
      int node = statistics.root(tree);
      double cover = Double.parseDouble(root.group(2));
      double gain = root.group(1) == null ? 0 : Double.parseDouble(root.group(1));
      assertThat((double) statistics.cover(node)).isCloseTo(cover, within(1e-4 * cover));
      assertThat((double) statistics.gain(node)).isCloseTo(gain, within(1e-4 * gain));
    }
  }

  @Test
  void shouldNumberNodesLevelByLevelAndKeepEachOutputApart() throws Exception {
    byte[] payload = PythonFixtures.fixture("3.1.1-dart-softprob.ubj").payload();

    List<TreeStatistics> outputs = read(payload, 6, ASKED);

    assertThat(outputs).hasSize(3);
    for (TreeStatistics statistics : outputs) {
      int root = statistics.root(1);
      assertThat(statistics.cover(root + 1) + statistics.cover(root + 2))
          .as("the root's children share its rows")
          .isCloseTo(statistics.cover(root), within(1e-3f * statistics.cover(root)));
    }
  }

  @Test
  void shouldKeepNothingUnlessAsked() throws Exception {
    byte[] payload = PythonFixtures.fixture("3.1.1-dart-softprob.ubj").payload();

    assertThat(read(payload, 6, XgboostOptions.DEFAULTS)).isEmpty();
  }

  private static List<TreeStatistics> read(byte[] payload, int features, XgboostOptions options)
      throws Exception {
    return XgboostModel.read(
            DocumentFormat.UBJSON.read(ByteBuffer.wrap(payload), 100_000),
            NativeModel.names(features),
            ModelLimits.DEFAULTS,
            options)
        .statistics();
  }
}
