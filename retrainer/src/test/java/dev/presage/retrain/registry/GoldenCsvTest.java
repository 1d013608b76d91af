package dev.presage.retrain.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.FeatureSchema;
import dev.presage.retrain.Histories;
import dev.presage.schemas.avro.GoldenRow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenCsvTest {
  private static final FeatureSchema SCHEMA = Histories.engine().schema();

  @Test
  void shouldPutColumnsInTheOrderOfTheSchema() {
    List<GoldenRow> rows =
        GoldenCsv.read(
            "visits_7d,prediction,orders_30d,margin\n3,0.5,2.5,-1\nNaN,1,,2\n", SCHEMA, false);

    int orders = SCHEMA.names().indexOf("orders_30d");
    int visits = SCHEMA.names().indexOf("visits_7d");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).getFeatures()).hasSize(SCHEMA.size());
    assertThat(rows.get(0).getFeatures().get(orders)).isEqualTo(2.5);
    assertThat(rows.get(0).getFeatures().get(visits)).isEqualTo(3);
    assertThat(rows.get(0).getFeatures()).filteredOn(it -> it.isNaN()).hasSize(SCHEMA.size() - 2);
    assertThat(rows.get(0).getMargin()).isEqualTo(-1);
    assertThat(rows.get(1).getPrediction()).isEqualTo(1);
    assertThat(rows.get(1).getFeatures()).allMatch(it -> it.isNaN());
  }

  @Test
  void shouldTakeDecimalsOfFloatsForTheFloats() {
    String text = "orders_30d,margin,prediction\n0.1,0.1,0.3\n";

    GoldenRow floats = GoldenCsv.read(text, SCHEMA, true).getFirst();
    GoldenRow doubles = GoldenCsv.read(text, SCHEMA, false).getFirst();

    assertThat(floats.getMargin()).isEqualTo(0.1f);
    assertThat(floats.getPrediction()).isEqualTo(0.3f);
    assertThat(floats.getFeatures()).contains(0.1);
    assertThat(doubles.getMargin()).isEqualTo(0.1);
  }

  @Test
  void shouldReadMarginsOfClasses() {
    GoldenRow row =
        GoldenCsv.read(
                "margin,prediction,margin_0,margin_1,prediction_0,prediction_1\n2,1,1,2,0.3,0.7\n",
                SCHEMA,
                false)
            .getFirst();

    assertThat(row.getMargins()).containsExactly(1.0, 2.0);
    assertThat(row.getPredictions()).containsExactly(0.3, 0.7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          orders_30d,prediction;1,2             | lacks the columns margin
          orders_31d,margin,prediction;1,2,3    | has columns that are no features here: orders_31d
          margin,prediction,margin_0;1,2,3      | lacks the columns prediction_0
          margin,prediction                     | there is no golden row
          margin,prediction;1                   | golden row 1 has 1 fields, the header has 2
          margin,prediction;1,2;x,3             | golden row 2: margin must be a number, or empty where it is missing, here is 'x'
          margin,prediction;1,                  | golden row 1: prediction must be a finite number, here is ''
          margin,prediction,margin;1,2,3        | the golden rows are no CSV
          """)
  void shouldSayWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> GoldenCsv.read(text.replace(';', '\n'), SCHEMA, false))
        .isInstanceOf(InvalidImportException.class)
        .hasMessageContaining(message);
  }
}
