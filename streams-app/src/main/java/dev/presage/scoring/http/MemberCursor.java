package dev.presage.scoring.http;

import dev.presage.scoring.profile.MemberPage.Place;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place among members as one text for clients, who need not understand it: the partition, 4
 * bytes, and the ID before it, if any, in base64.
 */
final class MemberCursor {
  private MemberCursor() {}

  static String write(Place place) {
    String after = place.after();
    byte[] id = after == null ? new byte[0] : after.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + id.length).putInt(place.partition()).put(id).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns null where it is not what {@link #write} gave. */
  static @Nullable Place read(String cursor) {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (in.remaining() < Integer.BYTES) {
      return null;
    }
    int partition = in.getInt();
    return new Place(
        partition, in.hasRemaining() ? StandardCharsets.UTF_8.decode(in).toString() : null);
  }
}
