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

    assertThat(startsWith(StoredSends.key("ü-1", "win-back"), prefix)).isTrue();
    assertThat(startsWith(StoredSends.key("ü-12", "win-back"), prefix)).isFalse();
    assertThat(startsWith(StoredSends.key("ü", "-1"), prefix)).isFalse();
    assertThat(StoredSends.trigger(StoredSends.key("ü-1", "win-back"))).isEqualTo("win-back");
    assertThatThrownBy(() -> StoredSends.prefix("x".repeat(65_536)))
        .hasMessageContaining("65536 bytes");
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length && Arrays.equals(Arrays.copyOf(key, prefix.length), prefix);
  }
}
