package dev.presage.scoring.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.scoring.trigger.ProfileSends.Send;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredSendsTest {
  @Test
  void shouldReadWhatItWrote() {
    ProfileSends sends =
        ProfileSends.of(
            List.of(
                new Send(0, -1, true),
                new Send(1_322_000_000_000L, Long.MIN_VALUE, false),
                new Send(1_322_000_000_000L, 5, true),
                new Send(4_000_000_000_000L, 0, false)));

    assertThat(StoredSends.read(StoredSends.write(sends))).isEqualTo(sends);
    assertThat(StoredSends.read(null)).isEqualTo(ProfileSends.NONE);
  }

  @Test
  void shouldRefuseALayoutThatItDoesNotKnow() {
    assertThatThrownBy(() -> StoredSends.read(new byte[] {9}))
        .hasMessageContaining("layout 9")
        .hasMessageContaining("upgrade");
  }

  @Test
  void shouldBeginEveryKeyOfAProfileAndNoOthersByItsPrefix() {
    byte[] prefix = StoredSends.prefix("ü-1");

    assertThat(startsWith(key("ü-1", "win-back"), prefix)).isTrue();
    assertThat(startsWith(key("ü-12", "win-back"), prefix)).isFalse();
    assertThat(startsWith(key("ü", "-1"), prefix)).isFalse();
    assertThat(StoredSends.trigger(key("ü-1", "win-back"))).isEqualTo("win-back");
    assertThatThrownBy(() -> StoredSends.prefix("x".repeat(32_768)))
        .hasMessageContaining("32768 bytes");
  }

  @Test
  void shouldTellACustomerFromAnItemWhateverTheyAreCalled() {
    byte[] item = StoredSends.key("item", "i-1", "expiring");

    assertThat(StoredSends.trigger(item)).isEqualTo("expiring");
    assertThat(startsWith(item, StoredSends.prefix("i-1"))).isFalse();
    assertThat(startsWith(item, StoredSends.prefix("item:i-1"))).isFalse();
  }

  private static byte[] key(String customer, String trigger) {
    return StoredSends.key("customer", customer, trigger);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length && Arrays.equals(Arrays.copyOf(key, prefix.length), prefix);
  }
}
