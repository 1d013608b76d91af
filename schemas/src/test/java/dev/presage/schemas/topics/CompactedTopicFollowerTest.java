package dev.presage.schemas.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactedTopicFollowerTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Seen seen = new Seen();
  private @Nullable CompactedTopicFollower<String> follower;

  @AfterEach
  void stop() {
    if (follower != null) {
      follower.close();
    }
  }

  @Test
  void shouldReadToTheEndAndThenFollow() {
    ScriptedConsumer topic = ScriptedConsumer.ofTopic(0, 2).record(0, "a", "1").record(1, "b", "2");

    CompactedTopicFollower<String> started = follow(topic);
    started.awaitCaughtUp(LONG);
    assertThat(seen.records).containsExactly("a=1", "b=2");
    assertThat(started.isFollowing()).isTrue();

    topic.record(2, "a", "3");
    await().untilAsserted(() -> assertThat(seen.records).containsExactly("a=1", "b=2", "a=3"));
  }

  @Test
  void shouldBeCaughtUpWithAnEmptyTopic() {
    CompactedTopicFollower<String> started = follow(ScriptedConsumer.ofTopic(0, 0));

    started.awaitCaughtUp(LONG);

    assertThat(seen.records).isEmpty();
  }

  @Test
  void shouldNotBeCaughtUpBeforeTheEnd() {
    CompactedTopicFollower<String> started =
        follow(ScriptedConsumer.ofTopic(0, 2).record(0, "a", "1"));

    await().until(() -> seen.records.size() == 1);

    assertThat(started.isFollowing()).isFalse();
    assertThatThrownBy(() -> started.awaitCaughtUp(Duration.ZERO))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(ScriptedConsumer.TOPIC);
  }

  @Test
  void shouldHandOnTombstones() {
    follow(ScriptedConsumer.ofTopic(0, 1).record(0, "a", null)).awaitCaughtUp(LONG);

    assertThat(seen.records).containsExactly("a=null");
  }

  @Test
  void shouldPassOverWhatCannotBeRead() {
    follow(ScriptedConsumer.ofTopic(0, 2).record(0, "a", "unreadable").record(1, "b", "2"))
        .awaitCaughtUp(LONG);

    assertThat(seen.records).containsExactly("b=2");
    assertThat(seen.unreadable).containsExactly(0L);
  }

  @Test
  void shouldPassOverWhatTheHandlerRejects() {
    seen.onValue("bad", new IllegalStateException("rejected"));
    CompactedTopicFollower<String> started =
        follow(ScriptedConsumer.ofTopic(0, 2).record(0, "a", "bad").record(1, "b", "2"));

    started.awaitCaughtUp(LONG);

    assertThat(seen.records).containsExactly("b=2");
    assertThat(seen.rejected).containsExactly(0L);
    assertThat(started.ended()).isNotDone();
  }

  @Test
  void shouldPassOverRejectionsThatLookLikeALostBroker() {
    seen.onValue("bad", new KafkaException("rejected"));

    follow(ScriptedConsumer.ofTopic(0, 2).record(0, "a", "bad").record(1, "b", "2"))
        .awaitCaughtUp(LONG);

    assertThat(seen.rejected).containsExactly(0L);
  }

  @Test
  void shouldGoOnWhereItStoppedAfterALoss() {
    follow(
            ScriptedConsumer.ofTopic(0, 2)
                .record(0, "a", "1")
                .record(1, "b", "2")
                .failure(new KafkaException("lost")),
            ScriptedConsumer.ofTopic(0, 3)
                .record(0, "a", "1")
                .record(1, "b", "2")
                .record(2, "c", "3"))
        .awaitCaughtUp(LONG);

    await().untilAsserted(() -> assertThat(seen.records).containsExactly("a=1", "b=2", "c=3"));
  }

  @Test
  void shouldReadARecordAgainWhoseReadingWasLost() {
    seen.loseOnce("lost");

    follow(
            ScriptedConsumer.ofTopic(0, 2).record(0, "a", "1").record(1, "b", "lost"),
            ScriptedConsumer.ofTopic(0, 2).record(0, "a", "1").record(1, "b", "lost"))
        .awaitCaughtUp(LONG);

    assertThat(seen.records).containsExactly("a=1", "b=lost");
  }

  @Test
  void shouldStartFromTheBeginningWhereItsPlaceIsGone() {
    follow(
            ScriptedConsumer.ofTopic(0, 1).record(0, "a", "1").failure(new KafkaException("lost")),
            ScriptedConsumer.ofTopic(5, 6).record(5, "b", "2"))
        .awaitCaughtUp(LONG);

    await().untilAsserted(() -> assertThat(seen.records).containsExactly("a=1", "b=2"));
  }

  @Test
  void shouldWaitForATopicThatIsNotThere() {
    CompactedTopicFollower<String> started =
        follow(
            ScriptedConsumer.ofNothing(),
            ScriptedConsumer.ofNothing(),
            ScriptedConsumer.ofTopic(0, 1).record(0, "a", "1"));

    started.awaitCaughtUp(LONG);

    assertThat(seen.records).containsExactly("a=1");
  }

  @Test
  void shouldSayWhatWentWrongLastWhenItTakesTooLong() {
    CompactedTopicFollower<String> started = start(ScriptedConsumer::ofNothing);

    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> started.awaitCaughtUp(Duration.ZERO))
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class));
    assertThat(started.isFollowing()).isFalse();
  }

  @Test
  void shouldEndWhenClosedWhilePolling() {
    ScriptedConsumer topic = ScriptedConsumer.ofTopic(0, 0);
    CompactedTopicFollower<String> started = follow(topic);
    started.awaitCaughtUp(LONG);

    started.close();

    assertThat(started.ended()).isCompletedWithValue(null);
    assertThat(started.isFollowing()).isFalse();
    assertThat(topic.closed()).isTrue();
  }

  @Test
  void shouldSayThatItWasEndedByAnError() {
    seen.onValue("bad", new StackOverflowError("planned"));

    CompactedTopicFollower<String> started =
        follow(ScriptedConsumer.ofTopic(0, 1).record(0, "a", "bad"));

    await().until(started.ended()::isCompletedExceptionally);
    assertThatThrownBy(() -> started.awaitCaughtUp(LONG))
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void shouldSayThatItWasEndedBySettings() {
    CompactedTopicFollower<String> started =
        start(
            () -> {
              throw new ConfigException("planned");
            });

    await().until(started.ended()::isCompletedExceptionally);
  }

  private CompactedTopicFollower<String> follow(ScriptedConsumer... inOrder) {
    Queue<ScriptedConsumer> left = new ArrayDeque<>(List.of(inOrder));
    return start(left::remove);
  }

  private CompactedTopicFollower<String> start(Supplier<Consumer<String, byte[]>> consumers) {
    CompactedTopicFollower<String> started =
        new CompactedTopicFollower<>(
            ScriptedConsumer.TOPIC, consumers, seen, seen, Duration.ofMillis(10));
    follower = started;
    return started;
  }
}
