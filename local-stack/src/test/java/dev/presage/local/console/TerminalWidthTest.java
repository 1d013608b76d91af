package dev.presage.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWidthTest {

  @Test
  void shouldReadTheColumns() {
    assertThat(TerminalWidth.columns("24 132")).isEqualTo(132);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0 0", "24", "stty: standard input: Inappropriate ioctl for device"})
  void shouldTakeTheUsualWidthWhereTheSystemDoesNotSay(String said) {
    assertThat(TerminalWidth.columns(said)).isEqualTo(80);
  }
}
