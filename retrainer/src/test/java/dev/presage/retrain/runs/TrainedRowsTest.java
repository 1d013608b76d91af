package dev.presage.retrain.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.retrain.rows.RowPart;
import dev.presage.retrain.rows.Rows;
import dev.presage.retrain.rows.RowsOf;
import dev.presage.retrain.split.TimeSplit;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainedRowsTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  @Test
  void shouldSayWhatEachRowWasUsedForAsTimeDividesThem() {
    Rows rows = rows();
    TimeSplit split = TimeSplit.of(0, 400 * DAY, 10 * DAY);

    RowPart[] parts = TrainedRows.parts(rows, Parts.of(rows, split));

    assertThat(EnumSet.copyOf(Arrays.asList(parts)))
        .contains(RowPart.FIT, RowPart.CHOOSE, RowPart.CALIBRATE, RowPart.JUDGE, RowPart.GAP);
    assertThat(IntStream.range(0, parts.length))
        .allMatch(row -> split.fits(rows.asOf(row)) == (parts[row] == RowPart.FIT))
        .allMatch(row -> split.evaluates(rows.asOf(row)) == (parts[row] == RowPart.JUDGE));
  }

  @Test
  void shouldSayTheSameAsProfilesDivideThem() {
    Rows rows = rows();

    RowPart[] parts = TrainedRows.parts(rows, Parts.ofProfiles(rows));

    Map<Long, RowPart> byProfile = new HashMap<>();
    for (int row = 0; row < parts.length; row++) {
      RowPart before = byProfile.putIfAbsent(rows.profile(row), parts[row]);
      assertThat(before).as("one use a profile").isIn(null, parts[row]);
    }
    assertThat(EnumSet.copyOf(Arrays.asList(parts)))
        .containsExactly(RowPart.FIT, RowPart.CHOOSE, RowPart.JUDGE);
  }

  private static Rows rows() {
    RowsOf rows = new RowsOf(1);
    for (int row = 0; row < 12_000; row++) {
      rows.of("profile-" + row % 300, row * DAY / 30, row % 3 != 0, row);
    }
    return rows.rows();
  }
}
