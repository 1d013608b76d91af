package dev.presage.retrain.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.schemas.avro.ModelKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadKindTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          tree,version=v4                  | LIGHTGBM_TEXT
          {"learner": {}, "version": [3]}  | XGBOOST_JSON
          {"kind": "linear", "format": 1}  | LINEAR
          {"kind": "composite"}            | COMPOSITE
          {"kind": "buy_till_you_die"}     | BUY_TILL_YOU_DIE
          {"kind": "segmentation"}         | SEGMENTATION
          {L                               | XGBOOST_UBJSON
          """)
  void shouldTellWhatItIs(String payload, ModelKind kind) {
    assertThat(PayloadKind.of(payload.getBytes(StandardCharsets.UTF_8))).isEqualTo(kind);
  }

  @Test
  void shouldSayWhatItCannotBe() {
    assertThatThrownBy(() -> PayloadKind.of("PK".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidImportException.class)
        .hasMessageContaining("neither JSON nor UBJSON");
    assertThatThrownBy(
            () -> PayloadKind.of("{\"kind\": \"magic\"}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("unknown kind magic");
    assertThatThrownBy(() -> PayloadKind.of("{\"kind\": ".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("the file is no JSON");
    assertThatThrownBy(() -> PayloadKind.of(new byte[0]))
        .isInstanceOf(InvalidImportException.class);
  }
}
