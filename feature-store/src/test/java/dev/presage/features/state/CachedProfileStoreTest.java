package dev.presage.features.state;

import static dev.presage.features.state.StoreUnderTest.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedProfileStoreTest {
  private static final int LARGE = 1_000_000;
  private static final int FEW = 8;
  private static final Map<TopicPartition, Long> OFFSETS =
      Map.of(new TopicPartition("changelog", 0), 1L);

  private final ProfileStoreStatistics statistics = new ProfileStoreStatistics();
  private final ProfileCacheBudget budget = new ProfileCacheBudget(10 * LARGE);

  @Test
  void shouldWriteAProfileOncePerCommitHoweverOftenItIsPut() {
    try (StoreUnderTest tested = store(FEW)) {
      for (long i = 0; i < 5; i++) {
        append(tested, "a", i);
      }
      assertThat(tested.stored()).isEmpty();

      tested.commit();
      tested.commit();

      assertThat(statistics.bodies() + statistics.heads()).isEqualTo(1);
      assertThat(statistics.hits()).isEqualTo(4);
      assertThat(statistics.misses()).isEqualTo(1);
    }
  }

  @Test
  void shouldWriteBodyAndHeadAsDrawn() {
    try (StoreUnderTest tested = store(FEW)) {
      append(tested, "k", 1);
      append(tested, "k", 2);
      append(tested, "k", 3);
      tested.commit();
      append(tested, "k", 4);
      Map<Bytes, byte[]> stored = tested.commit();

      assertThat(hex(stored, key("k\0")))
          .isEqualTo("01" + "01" + "0000000000000001" + "0000000000000002" + "0000000000000003");
      assertThat(hex(stored, key("k\1"))).isEqualTo("01" + "01" + "02" + "22" + "0000000000000004");
    }
  }

  @Test
  void shouldReadAHeadOnlyWithTheBodyThatItBelongsTo() {
    try (StoreUnderTest tested = store(FEW)) {
      Bytes id = Bytes.wrap(key("k"));
      tested.inner().put(StoredParts.bodyKey(id), HexFormat.of().parseHex("0105" + "00".repeat(8)));
      tested
          .inner()
          .put(StoredParts.headKey(id), HexFormat.of().parseHex("01040101" + "ff".repeat(8)));

      assertThat(Objects.requireNonNull(tested.store().read(key("k"))).toList())
          .containsExactly(0L);
      assertThat(Objects.requireNonNull(tested.store().get(key("k"))).toList()).containsExactly(0L);

      tested
          .inner()
          .put(StoredParts.headKey(id), HexFormat.of().parseHex("01050101" + "00".repeat(8)));
      assertThat(Objects.requireNonNull(tested.store().read(key("k"))).toList())
          .containsExactly(0L, 0L);
    }
  }

  @Test
  void shouldWriteFewerBytesThanWithBodiesAlone() {
    long withHeads = bytesOf(100);
    long bodiesAlone = bytesOf(-1);

    assertThat(withHeads).isLessThan(bodiesAlone / 4);
  }

  @Test
  void shouldWriteABodyAsSoonAsTheHeadIsFull() {
    try (StoreUnderTest tested = store(2)) {
      tested.store().put(key("k"), Numbers.of(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)));
      tested.commit();
      for (long i = 0; i < 3; i++) {
        append(tested, "k", i);
        tested.commit();
      }

      assertThat(statistics.heads()).isEqualTo(2);
      assertThat(statistics.bodies()).isEqualTo(2);
    }
  }

  @Test
  void shouldMeetEveryProfileThatWasPutAndLeaveTheOthersUnwritten() {
    try (StoreUnderTest tested = store(FEW)) {
      append(tested, "b", 1);
      tested.commit();
      append(tested, "b", 2);
      assertThat(keysAfter(tested, null)).containsExactly("b");
      append(tested, "a", 1);
      append(tested, "c", 1);

      assertThat(keysAfter(tested, key("b"))).containsExactly("c");
      assertThat(keysAfter(tested, null)).containsExactly("a", "b", "c");

      assertThat(statistics.bodies()).as("each new one once").isEqualTo(3);
      assertThat(statistics.heads()).as("the one that is there already waits").isZero();
    }
  }

  @Test
  void shouldReadAPartOfAProfileAsItIsNowAndKeepNoneForIt() {
    ProfileCacheBudget none = new ProfileCacheBudget(0);
    try (StoreUnderTest tested =
        new StoreUnderTest(format(FEW), LARGE, none, statistics, Map.of())) {
      append(tested, "a", 1);
      append(tested, "b", 2);
      append(tested, "b", 3);

      assertThat(tested.store().peek(key("a"), new Length())).isEqualTo(1);
      assertThat(tested.store().peek(key("b"), new Length())).as("not written yet").isEqualTo(2);
      assertThat(tested.store().peek(key("c"), new Length())).isNull();
      assertThat(tested.store().read(key("b"), new Length())).as("as written").isNull();
      tested.commit();
      assertThat(tested.store().read(key("b"), new Length())).isEqualTo(2);
      assertThat(statistics.evictions()).as("a left for b, and b for nobody").isEqualTo(1);
    }
  }

  private record Length() implements ProfileExtract<Numbers, Integer> {
    @Override
    public Integer of(Numbers profile) {
      return profile.toList().size();
    }

    @Override
    public Integer read(byte[] body, byte @Nullable [] head) {
      return (body.length + (head == null ? 0 : head.length)) / Long.BYTES;
    }
  }

  private static List<String> keysAfter(StoreUnderTest tested, byte @Nullable [] after) {
    return tested.store().keysAfter(after, 10).stream()
        .map(it -> new String(it, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void shouldWriteADirtyProfileBeforeItLeavesTheCache() {
    ProfileCacheBudget none = new ProfileCacheBudget(0);
    try (StoreUnderTest tested =
        new StoreUnderTest(format(FEW), LARGE, none, statistics, Map.of())) {
      append(tested, "a", 1);
      append(tested, "b", 2);
      append(tested, "a", 3);

      assertThat(statistics.evictions()).isEqualTo(2);
      assertThat(Objects.requireNonNull(tested.store().get(key("a"))).toList())
          .containsExactly(1L, 3L);
      assertThat(Objects.requireNonNull(tested.store().get(key("b"))).toList()).containsExactly(2L);
    }
  }

  @Test
  void shouldKeepTheProfilesOfTheLatestUseThatTheBudgetHolds() {
    ProfileCacheBudget forFive = new ProfileCacheBudget(5_500);
    try (StoreUnderTest tested =
        new StoreUnderTest(format(FEW), LARGE, forFive, statistics, Map.of())) {
      for (int i = 0; i < 5; i++) {
        append(tested, "k" + i, i);
      }
      append(tested, "k0", 0);
      append(tested, "k5", 5);
      assertThat(statistics.evictions()).isEqualTo(1);
      long misses = statistics.misses();

      append(tested, "k0", 0);
      assertThat(statistics.misses()).isEqualTo(misses);
      append(tested, "k1", 1);
      assertThat(statistics.misses()).as("it was used least recently").isEqualTo(misses + 1);
    }
  }

  @Test
  void shouldDivideTheBudgetAmongTheStoresThatCache() {
    ProfileCacheBudget shared = new ProfileCacheBudget(10_000);
    StoreUnderTest one = new StoreUnderTest(format(FEW), LARGE, shared, statistics, Map.of());
    StoreUnderTest two = new StoreUnderTest(format(FEW), LARGE, shared, statistics, Map.of());
    one.store().put(key("k"), Numbers.of(List.of(1L)));
    one.store().put(key("l"), Numbers.of(List.of(1L)));
    assertThat(two.store().read(key("k"))).isNull();
    assertThat(shared.share()).as("the other one is a standby replica").isEqualTo(10_000);
    two.store().put(key("k"), Numbers.of(List.of(1L)));
    assertThat(shared.share()).isEqualTo(5_000);
    one.commit();
    one.store().clearCache();
    assertThat(shared.share()).as("the first one has become a standby replica").isEqualTo(10_000);
    one.store().put(key("k"), Numbers.of(List.of(1L)));
    assertThat(shared.share()).isEqualTo(5_000);
    two.close();
    two.close();
    assertThat(shared.share()).isEqualTo(10_000);
    one.close();
  }

  @Test
  void shouldCapAndCountAProfileThatDoesNotFitARecord() {
    try (StoreUnderTest tested =
        new StoreUnderTest(format(FEW), 24, budget, statistics, Map.of())) {
      tested.store().put(key("k"), Numbers.of(List.of(1L, 2L, 3L, 4L)));
      tested.commit();

      assertThat(statistics.capped()).isEqualTo(1);
      assertThat(Objects.requireNonNull(tested.store().read(key("k"))).toList())
          .containsExactly(2L, 3L, 4L);
      assertThat(Objects.requireNonNull(tested.store().get(key("k"))).isCapped())
          .as("the cache goes on with what was stored")
          .isTrue();
    }
  }

  @Test
  void shouldForgetWhatIsDirtyWhenKafkaStreamsClearsCaches() {
    try (StoreUnderTest tested = store(FEW)) {
      append(tested, "a", 1);
      tested.store().clearCache();

      assertThat(tested.commit()).isEmpty();
    }
  }

  @Test
  void shouldFailWhenKafkaStreamsCommitsWithoutHavingAskedForWhatIsDirty() {
    try (StoreUnderTest tested = store(FEW)) {
      append(tested, "a", 1);

      assertThatThrownBy(() -> tested.store().commit(OFFSETS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not flush caches");

      tested.store().flushCache();
      tested.store().commit(OFFSETS);
    }
  }

  @Test
  void shouldBeWhatKafkaStreamsFlushesBeforeItCommits() {
    assertThat(CachedStateStore.class)
        .as("by this internal interface, see CachedProfileStore")
        .isAssignableFrom(CachedProfileStore.class)
        .hasDeclaredMethods("flushCache", "clearCache");
  }

  @Test
  void shouldForgetAProfileThatIsDeletedAndBeginAnew() {
    try (StoreUnderTest tested = store(FEW)) {
      append(tested, "a", 1);
      append(tested, "a", 2);
      tested.commit();
      append(tested, "a", 3);
      tested.commit();

      tested.store().delete(key("a"));
      assertThat(tested.store().get(key("a"))).isNull();
      assertThat(tested.store().read(key("a"))).isNull();

      append(tested, "a", 4);
      tested.commit();
      assertThat(Objects.requireNonNull(tested.store().read(key("a"))).toList())
          .containsExactly(4L);
    }
  }

  @Test
  void shouldRefuseAPartOfAnotherVersionOrWithoutAnEnd() {
    try (StoreUnderTest tested = store(FEW)) {
      tested.inner().put(StoredParts.bodyKey(Bytes.wrap(key("k"))), new byte[] {9, 1});

      assertThatThrownBy(() -> tested.store().get(key("k")))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("version of its parts is 9");

      tested.inner().put(StoredParts.bodyKey(Bytes.wrap(key("k"))), new byte[] {1, (byte) 0x80});
      assertThatThrownBy(() -> tested.store().get(key("k")))
          .isInstanceOf(CorruptStateException.class)
          .hasMessageContaining("no end");
    }
  }

  private long bytesOf(int inHead) {
    ProfileStoreStatistics counted = new ProfileStoreStatistics();
    try (StoreUnderTest tested =
        new StoreUnderTest(format(inHead), LARGE, budget, counted, Map.of())) {
      Numbers profile = new Numbers();
      for (long i = 0; i < 100; i++) {
        profile.add(i);
      }
      tested.store().put(key("k"), profile);
      for (long i = 0; i < 500; i++) {
        append(tested, "k", i);
        tested.commit();
      }
      assertThat(Objects.requireNonNull(tested.store().read(key("k"))).toList()).hasSize(600);
    }
    return counted.bodyBytes() + counted.headBytes();
  }

  private static void append(StoreUnderTest tested, String key, long number) {
    Numbers profile = tested.store().get(key(key));
    if (profile == null) {
      profile = new Numbers();
    }
    profile.add(number);
    tested.store().put(key(key), profile);
  }

  private StoreUnderTest store(int inHead) {
    return new StoreUnderTest(format(inHead), LARGE, budget, statistics, Map.of());
  }

  private static Numbers.Format format(int inHead) {
    return new Numbers.Format(inHead);
  }

  private static String hex(Map<Bytes, byte[]> stored, byte[] key) {
    return HexFormat.of().formatHex(Objects.requireNonNull(stored.get(Bytes.wrap(key))));
  }
}
