package dev.presage.retrain.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.Histories;
import dev.presage.retrain.Histories.Entry;
import dev.presage.retrain.rows.StreamTwin;
import dev.presage.retrain.traits.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotQualityMeasurementTest {
  private static final FeatureEngine ENGINE = Histories.engine();
  private static final Trait TRAIT =
      Trait.compile(
          Histories.orders("orders-again", "orders_lifetime >= 1", Duration.ofDays(10)),
          ENGINE.schema());

  private final List<Entry> log = new ArrayList<>();
  private final PublishedValues values = new PublishedValues();

  @Test
  void shouldLookAtEverybodyOnceAWeekAsLongAsHorizonsAreOver() {
    order("silent", 1);
    order("busy", 2, 13, 20, 22);
    order("end", 31);
    update("silent", 1, 0.2);
    update("busy", 2, 0.7);
    update("busy", 13, 0.8);
    update("busy", 20, 0.6);

    SnapshotQuality quality = measure(7);

    assertThat(quality.snapshots()).as("days 7, 14 and 21; the end is day 31").isEqualTo(3);
    assertThat(quality.rows()).isEqualTo(6);
    assertThat(quality.positives()).isEqualTo(3);
    assertThat(quality.auc()).isEqualTo(1);
    assertThat(quality.recencyAuc()).isBetween(0.5, 1.0);
  }

  @Test
  void shouldNotLookAtThoseWhoAreNotEligibleAndCountThoseOfWhomNothingIsHeld() {
    order("known", 1);
    order("unknown", 1);
    log.add(new Entry("visitor", Histories.event("v", "visited", Duration.ofDays(1))));
    order("end", 18);
    update("known", 1, 0.5);
    update("visitor", 1, 0.5);
    update("unknown", 8, 0.5);

    SnapshotQuality quality = measure(7);

    assertThat(quality.snapshots()).isEqualTo(1);
    assertThat(quality.rows()).isEqualTo(1);
    assertThat(quality.withoutValue()).isEqualTo(1);
    assertThat(quality.auc()).isNaN();
    assertThat(quality.bestFeature()).isEmpty();
  }

  @Test
  void shouldTellWhatSilenceIsWorth() {
    order("gone", 1);
    order("back", 5, 15);
    order("end", 17);
    update("gone", 1, 0.9);
    update("back", 5, 0.5);
    values.add("gone", millis(4), 0.1, true);

    SnapshotQuality quality = measure(7);

    assertThat(quality.auc()).isEqualTo(1);
    assertThat(quality.withoutSilenceAuc()).isZero();
    assertThat(quality.recencyAuc()).isEqualTo(1);
  }

  @Test
  void shouldNameTheFeatureThatRanksBestInEitherDirection() {
    order("early", 1);
    order("often", 2, 3, 4, 12);
    order("lately", 6);
    order("end", 17);
    update("early", 1, 0.5);
    update("lately", 1, 0.5);
    update("often", 4, 0.5);

    SnapshotQuality quality = measure(7);

    assertThat(quality.bestFeature()).isEqualTo("orders_30d");
    assertThat(quality.bestFeatureAuc()).isEqualTo(1);
    assertThat(quality.auc()).isEqualTo(0.5);
  }

  @Test
  void shouldJudgeADeviceByItsOwnerAndLeaveOutTheErased() {
    StreamTwin stream = new StreamTwin(ENGINE, 1, new Random(1));
    stream.event("device", Histories.event("1", "order_completed", days(1)));
    stream.event("erased", Histories.event("2", "order_completed", days(1)));
    stream.event("visitor", Histories.event("v", "visited", days(8)));
    stream.process(3).link("device", "owner", 8).process(2);
    stream.event("owner", Histories.event("3", "order_completed", days(9)));
    stream.erase("erased", 9);
    stream.event("owner", Histories.event("4", "order_completed", days(30)));
    update("device", 1, 0.5);
    update("erased", 1, 0.5);

    SnapshotQuality quality = measure(7, stream.logs());

    assertThat(quality.snapshots()).isEqualTo(2);
    assertThat(quality.rows()).isEqualTo(1);
    assertThat(quality.positives()).isEqualTo(1);
    assertThat(quality.withoutValue()).as("the owner, a week later").isEqualTo(1);
  }

  private void order(String profile, int... days) {
    for (int day : days) {
      Entry entry =
          new Entry(profile, Histories.event(profile + "-" + day, "order_completed", days(day)));
      log.add(entry);
    }
  }

  private void update(String profile, int day, double value) {
    values.add(profile, millis(day), value, false);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }

  private static long millis(int day) {
    return Histories.START.plus(days(day)).toEpochMilli();
  }

  private SnapshotQuality measure(int fromDay) {
    return measure(fromDay, List.of(log));
  }

  private SnapshotQuality measure(int fromDay, List<List<Entry>> logs) {
    return new SnapshotQualityMeasurement(ENGINE, Histories.of(logs), trait -> values, 1_000)
        .measure(TRAIT, millis(fromDay), days(7));
  }
}
