package dev.presage.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of Python's xgboost 1.7, 2.1 and 3.1 are scored as the version that wrote them does. */
class PythonFixturesTest {
  private final ModelLoader loader = new ModelLoader(ModelLimits.DEFAULTS);

  static List<PythonFixtures.Fixture> files() {
    return PythonFixtures.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void shouldScoreAsPythonDid(PythonFixtures.Fixture fixture) throws ModelRefusedException {
    Predictor predictor =
        loader.load(fixture.artefact().build(), NativeModel.FINGERPRINT).predictor();
    double[] margins = new double[predictor.outputs()];
    double[] expectedMargins = new double[predictor.outputs()];
    double[] predictions = new double[predictor.outputs()];

    for (int i = 0; i < fixture.rows().size(); i++) {
      double[] row = fixture.rows().get(i);
      float[] expected = fixture.predictions().get(i);
      predictor.margins(row, margins);
      predictor.predict(row, predictions);

      for (int output = 0; output < margins.length; output++) {
        expectedMargins[output] = fixture.margins().get(i)[output];
      }
      assertThat(margins).as("margins of row %d", i).isEqualTo(expectedMargins);
      if (expected.length == predictions.length) {
        for (int output = 0; output < expected.length; output++) {
          assertThat(Closeness.FLOAT_NEIGHBOUR.holds(expected[output], predictions[output]))
              .as("row %d: %s instead of %s", i, predictions[output], expected[output])
              .isTrue();
        }
      } else {
        assertThat(predictor.predict(row)).as("class of row %d", i).isEqualTo(expected[0]);
      }
    }
  }

  @Test
  void shouldHaveFilesOfEachVersion() {
    for (String version : new String[] {"1.7.6", "2.1.4", "3.1.1"}) {
      assertThat(files()).filteredOn(f -> f.file().startsWith(version)).hasSizeGreaterThan(15);
    }
  }
}
