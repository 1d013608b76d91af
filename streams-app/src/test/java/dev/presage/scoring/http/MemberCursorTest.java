package dev.presage.scoring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.scoring.profile.MemberPage.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberCursorTest {

  @Test
  void shouldReadWhatItWrote() {
    for (Place place :
        List.of(new Place(0, null), new Place(7, "user-1"), new Place(63, "Jürgen €/?&"))) {
      String cursor = MemberCursor.write(place);

      assertThat(cursor).matches("[A-Za-z0-9_-]+");
      assertThat(MemberCursor.read(cursor)).isEqualTo(place);
    }
  }

  @Test
  void shouldTakeNothingElse() {
    assertThat(MemberCursor.read("")).isNull();
    assertThat(MemberCursor.read("AAA")).isNull();
    assertThat(MemberCursor.read("%%%")).isNull();
  }
}
