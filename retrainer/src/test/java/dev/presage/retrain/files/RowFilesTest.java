package dev.presage.retrain.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import dev.presage.retrain.rows.RowPart;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.runs.RowStore.RowStoreException;
import dev.presage.retrain.runs.TrainedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DuckDB wrote is read by Apache's own Parquet library. */
class RowFilesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long AS_OF = Instant.parse("2025-03-04T05:06:07.089Z").toEpochMilli();

  @TempDir Path folder;

  @Test
  void shouldWriteWhatARunTrainedOnWithItsLineage() throws IOException {
    Path file;
    try (RowFiles files = files(ProfileNames.Form.PLAIN, Optional.empty(), 5)) {
      file = Path.of(files.keep(rows("repurchase", NOW)).orElseThrow());
    }

    assertThat(file.getParent()).isEqualTo(folder.resolve("repurchase"));
    assertThat(read(file))
        .containsExactly(
            row(AS_OF, 1.0, 1.0, "fit", 0.1, null),
            row(AS_OF + 1, 0.0, 2.5, "train", -3.0, 1e300),
            row(AS_OF + 2, 12.5, 0.0, "judge", Double.MIN_VALUE, 0.0));
    ParquetMetadata metadata = ParquetReader.readMetadata(file.toFile());
    assertThat(metadata.getFileMetaData().getKeyValueMetaData())
        .containsEntry("presage.trait", "repurchase")
        .containsEntry("presage.startedAt", NOW.toString())
        .containsEntry("presage.profiles", "canonical IDs")
        .containsEntry("presage.sample", "it's \"all\" of them");
    assertThat(metadata.getFileMetaData().getSchema().getType("_as_of").toString())
        .contains("TIMESTAMP")
        .contains("true");
  }

  @Test
  void shouldHideWhoseRowsTheyAreUnlessItIsToldNotTo() throws IOException {
    try (RowFiles files = files(ProfileNames.Form.HASHED, Optional.empty(), 5)) {
      String first = profile(files.keep(rows("repurchase", NOW)).orElseThrow());
      String second = profile(files.keep(rows("repurchase", NOW)).orElseThrow());

      assertThat(first).matches("[0-9a-f]{32}").isNotEqualTo(second);
    }
    try (RowFiles files = files(ProfileNames.Form.HASHED, Optional.of("salt"), 5)) {
      String first = profile(files.keep(rows("repurchase", NOW)).orElseThrow());
      String second = profile(files.keep(rows("churn", NOW)).orElseThrow());

      assertThat(first).matches("[0-9a-f]{32}").isEqualTo(second);
    }
  }

  @Test
  void shouldKeepTheNewestFilesOfEachTrait() throws IOException {
    List<String> kept = new ArrayList<>();
    try (RowFiles files = files(ProfileNames.Form.PLAIN, Optional.empty(), 2)) {
      for (int run = 0; run < 4; run++) {
        kept.add(files.keep(rows("repurchase", NOW.plusSeconds(run))).orElseThrow());
      }
      kept.add(files.keep(rows("churn", NOW)).orElseThrow());
    }

    assertThat(kept.stream().map(it -> Files.exists(Path.of(it))))
        .containsExactly(false, false, true, true, true);
  }

  @Test
  void shouldDeleteWhatIsTooOldThoughNothingIsTrained() throws IOException {
    try (RowFiles files = files(ProfileNames.Form.PLAIN, Optional.empty(), 5)) {
      Path old = Path.of(files.keep(rows("repurchase", NOW.minusSeconds(1))).orElseThrow());
      Path young = Path.of(files.keep(rows("repurchase", NOW)).orElseThrow());
      Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(30)).minusMillis(1)));
      Files.setLastModifiedTime(young, FileTime.from(NOW.minus(Duration.ofDays(30))));
      Path foreign = Files.createFile(folder.resolve("repurchase").resolve("notes.txt"));
      Files.setLastModifiedTime(foreign, FileTime.from(Instant.EPOCH));

      files.sweep();

      assertThat(old).doesNotExist();
      assertThat(young).exists();
      assertThat(foreign).exists();
    }
  }

  @Test
  void shouldSayWhereRowsCannotBeWritten() throws IOException {
    Files.createFile(folder.resolve("repurchase"));
    try (RowFiles files = files(ProfileNames.Form.PLAIN, Optional.empty(), 5)) {
      assertThatThrownBy(() -> files.keep(rows("repurchase", NOW)))
          .isInstanceOf(RowStoreException.class)
          .hasMessageContaining("rows of trait repurchase cannot be written below " + folder)
          .hasMessageContaining("presage.rows.directory");
    }
  }

  private RowFiles files(ProfileNames.Form form, Optional<String> salt, int most) {
    return new RowFiles(
        new RowFileSettings(folder, new ProfileNames(form, salt), Duration.ofDays(30), most),
        InstantSource.fixed(NOW));
  }

  private static TrainedRows rows(String trait, Instant startedAt) {
    Rows rows =
        new RowsOf(2)
            .moment(AS_OF, true, 0.1, Double.NaN)
            .moment(AS_OF + 1, false, -3, 1e300)
            .amount(AS_OF + 2, 12.5, Double.MIN_VALUE, 0)
            .rows();
    return new TrainedRows(
        trait,
        startedAt,
        List.of("orders_30d", "label"),
        rows,
        new RowPart[] {RowPart.FIT, RowPart.TRAIN, RowPart.JUDGE},
        new double[] {1, 2.5, 0},
        Map.of("sample", "it's \"all\" of them"));
  }

  private static Map<String, Object> row(
      long asOf, double label, double weight, String part, double orders, @Nullable Double other) {
    Map<String, Object> row = new HashMap<>();
    row.put("_profile", "any");
    row.put("_as_of", asOf * 1_000);
    row.put("_kind", "moment");
    row.put("_label", label);
    row.put("_weight", weight);
    row.put("_part", part);
    row.put("orders_30d", orders);
    if (other != null) {
      row.put("label", other);
    }
    return row;
  }

  private static String profile(String file) throws IOException {
    return String.valueOf(read(Path.of(file)).getFirst().get("_profile"));
  }

  private static List<Map<String, Object>> read(Path file) throws IOException {
    Hydrator<Map<String, Object>, Map<String, Object>> hydrator =
        new Hydrator<>() {
          @Override
          public Map<String, Object> start() {
            return new HashMap<>();
          }

          @Override
          public Map<String, Object> add(
              Map<String, Object> row, String column, @Nullable Object value) {
            if (value != null) {
              row.put(column, value);
            }
            return row;
          }

          @Override
          public Map<String, Object> finish(Map<String, Object> row) {
            return row;
          }
        };
    try (Stream<Map<String, Object>> rows =
        ParquetReader.streamContent(file.toFile(), HydratorSupplier.constantly(hydrator))) {
      return rows.toList();
    }
  }
}
