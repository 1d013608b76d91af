package dev.presage.model.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.GoldenRow;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
  @Test
  void shouldWriteFieldsInTheOrderOfTheirNames() {
    GoldenRow row = new GoldenRow(List.of(1.0, Double.NaN), -2.0, 0.5, List.of(), List.of());

    assertThat(hex(row))
        .isEqualTo(
            ("6d 00000003"
                    + "73 00000008 6665617475726573 61 00000002"
                    + "64 3ff0000000000000 64 7ff8000000000000"
                    + "73 00000006 6d617267696e 64 c000000000000000"
                    + "73 0000000a 70726564696374696f6e 64 3fe0000000000000")
                .replace(" ", ""));
  }

  @Test
  void shouldBeTheSameUnderALaterSchemaWhoseNewFieldHasItsDefault() {
    Schema before = SchemaBuilder.record("R").fields().requiredString("a").endRecord();
    Schema after =
        SchemaBuilder.record("R")
            .fields()
            .requiredString("a")
            .name("b")
            .type()
            .map()
            .values()
            .doubleType()
            .mapDefault(Map.of("x", 1.0))
            .endRecord();
    GenericData.Record old = new GenericData.Record(before);
    old.put("a", "text");
    GenericData.Record same = new GenericData.Record(after);
    same.put("a", "text");
    same.put("b", Map.of("x", 1.0));

    assertThat(hex(same)).isEqualTo(hex(old));

    same.put("b", Map.of("x", 2.0));
    assertThat(hex(same)).isNotEqualTo(hex(old));
  }

  @Test
  void shouldTellApartWhatLooksAlikeWhenItIsRunTogether() {
    Schema schema =
        SchemaBuilder.record("R").fields().requiredString("a").requiredString("b").endRecord();
    GenericData.Record one = new GenericData.Record(schema);
    one.put("a", "xy");
    one.put("b", "z");
    GenericData.Record other = new GenericData.Record(schema);
    other.put("a", "x");
    other.put("b", "yz");

    assertThat(hex(one)).isNotEqualTo(hex(other));
  }

  private static String hex(IndexedRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CanonicalForm.write(record, Set.of(), bytes);
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
