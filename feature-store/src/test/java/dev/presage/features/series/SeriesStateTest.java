package dev.presage.features.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.presage.features.declaration.SeriesDefinition.Kind;
import dev.presage.features.series.SeriesLayout.Needs;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeriesStateTest {
  private static final long START = 1_700_000_000_000L;
  private static final long DAY = 86_400_000;
  private static final Needs ALL = new Needs(true, true, true);

  @Test
  void shouldKeepFewTilesHoweverManyEventsCome() {
    SeriesState series = series(730 * DAY);
    Random random = new Random(1);
    long time = START;
    for (int i = 0; i < 1_000_000; i++) {
      time += random.nextInt(120_000);
      long late = random.nextInt(50) == 0 ? random.nextInt(1_000_000_000) : 0;
      series.add(Math.max(START, time - late), 1, time);
    }

    assertThat(series.tiles().size()).isBetween(100, 250);
    assertThat(series.held().size()).isBetween(SeriesState.HELD, SeriesState.MAX_HELD);
    WindowView view = new WindowView();
    view.open(series);
    view.selectAll(time);
    assertThat(view.count()).isEqualTo(1_000_000);
    assertThat(view.sum()).isEqualTo(1_000_000);
  }

  @Test
  void shouldKeepSumsRightOverTenMillionSmallValues() {
    SeriesState series = series(10 * DAY);
    long time = START;
    for (int i = 0; i < 10_000_000; i++) {
      time += 1_000;
      series.add(time, 0.1, time);
    }
    WindowView view = new WindowView();

    view.open(series);
    view.selectAll(time);

    assertThat(view.count()).isEqualTo(10_000_000);
    assertThat(view.sum()).isCloseTo(1_000_000, within(1_000_000 * 1e-9));
    assertThat(view.squaredDeviations() / view.count()).isLessThan(1e-12);
    assertThat(view.least()).isEqualTo(0.1);
    assertThat(view.firstTime()).isEqualTo(START + 1_000);
  }

  @Test
  void shouldKeepTheSpreadOfValuesThatAreFarFromZero() {
    SeriesState series = series(1_000 * DAY);
    for (int i = 0; i < 10_000; i++) {
      series.add(START + i * 3_600_000L, 1e9 + (i % 2), START + i * 3_600_000L);
    }
    WindowView view = new WindowView();

    view.open(series);
    view.selectAll(START + 10_000 * 3_600_000L);

    assertThat(Math.sqrt(view.squaredDeviations() / view.count())).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void shouldTakeManyEventsOfOneMillisecond() {
    SeriesState series = series(730 * DAY);
    for (int i = 0; i < 1_000; i++) {
      series.add(START, 999 - i, START);
    }
    WindowView view = new WindowView();

    view.open(series);
    view.select(START - 1, START);

    assertThat(view.count()).isEqualTo(1_000);
    assertThat(view.firstValue()).isZero();
    assertThat(view.lastValue(1)).isEqualTo(999);
    assertThat(series.tiles().size()).isEqualTo(1);
  }

  @Test
  void shouldLeaveOutLaterEventsExactlyWhileTheyAreHeld() {
    SeriesState series = series(730 * DAY);
    for (int i = 0; i < SeriesState.HELD; i++) {
      series.add(START + i, i, START + i);
    }
    WindowView view = new WindowView();

    for (int i = 0; i < SeriesState.HELD; i++) {
      view.open(series);
      view.selectAll(START + i);
      assertThat(view.count()).isEqualTo(i + 1);
      assertThat(view.lastValue(1)).isEqualTo(i);
    }
  }

  private static SeriesState series(long retention) {
    TileGrid grid = TileGrid.of(List.of(7 * DAY), retention);
    return new SeriesState(
        new SeriesLayout(1, 1, Kind.NUMBERS, grid, retention, List.of(), List.of(), ALL));
  }
}
