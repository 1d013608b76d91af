package dev.presage.scoring.profile;

import dev.presage.features.identity.Identity;
import dev.presage.features.identity.Identity.Erased;
import dev.presage.features.identity.Identity.Own;
import dev.presage.features.identity.Identity.Redirect;
import dev.presage.features.state.Varints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an identity.
 *
 * <pre>
 *  a profile                    a redirect             erased
 *  +------------+------------+  +-----------+-------+  +-------+-------+
 *  | 0x00       |            |  | 0x01      |       |  | 0x02  |       |
 *  | born at    | varint + 1 |  | to        | text  |  | at    | varint|
 *  | not before | varint     |  | linked to | text  |  | epoch | varint|
 *  | epoch      | varint     |  | born at   | varint|  +-------+-------+
 *  | members    | varint,    |  | epoch     | varint|
 *  |            | texts      |  +-----------+-------+
 *  +------------+------------+
 *   born at: milliseconds since 1970; 0 of a profile to which nothing has happened
 *   text: its length in bytes, varint; UTF-8
 * </pre>
 */
final class StoredIdentity {
  private static final byte OWN = 0;
  private static final byte REDIRECT = 1;
  private static final byte ERASED = 2;
  private static final int LARGEST_VARINT_BYTES = 10;
  private static final int LARGEST_COUNT = 0xffff;
  private static final int LARGEST_BYTES_PER_CHAR = 3;

  private StoredIdentity() {}

  /** No identity takes more bytes than this. */
  static int mostBytes(Identity identity) {
    int numbers = 1 + 4 * LARGEST_VARINT_BYTES;
    return switch (identity) {
      case Own own -> numbers + own.members().stream().mapToInt(StoredIdentity::mostBytes).sum();
      case Redirect redirect -> numbers + mostBytes(redirect.to()) + mostBytes(redirect.linkedTo());
      case Erased _ -> numbers;
    };
  }

  private static int mostBytes(String text) {
    return LARGEST_VARINT_BYTES + LARGEST_BYTES_PER_CHAR * text.length();
  }

  static void write(Identity identity, ByteBuffer out) {
    switch (identity) {
      case Own own -> {
        out.put(OWN);
        Varints.write(own.bornAtMillis() == Identity.UNBORN ? 0 : own.bornAtMillis() + 1, out);
        Varints.write(own.notBeforeMillis(), out);
        Varints.write(own.epoch(), out);
        Varints.write(own.members().size(), out);
        own.members().forEach(member -> writeText(member, out));
      }
      case Redirect redirect -> {
        out.put(REDIRECT);
        writeText(redirect.to(), out);
        writeText(redirect.linkedTo(), out);
        Varints.write(redirect.bornAtMillis(), out);
        Varints.write(redirect.epoch(), out);
      }
      case Erased erased -> {
        out.put(ERASED);
        Varints.write(erased.atMillis(), out);
        Varints.write(erased.epoch(), out);
      }
    }
  }

  /**
   * @throws IllegalArgumentException when they are not the bytes of an identity
   */
  static Identity read(ByteBuffer in) {
    byte kind = in.get();
    return switch (kind) {
      case OWN -> {
        long born = Varints.read(in);
        long notBefore = Varints.read(in);
        int epoch = (int) Varints.read(in);
        yield new Own(born == 0 ? Identity.UNBORN : born - 1, notBefore, members(in), epoch);
      }
      case REDIRECT -> {
        String to = readText(in);
        String linkedTo = readText(in);
        long born = Varints.read(in);
        yield new Redirect(to, linkedTo, born, (int) Varints.read(in));
      }
      case ERASED -> {
        long at = Varints.read(in);
        yield new Erased(at, (int) Varints.read(in));
      }
      default ->
          throw new IllegalArgumentException(
              "The identity of the stored profile begins with " + kind + "; expected 0 to 2");
    };
  }

  private static List<String> members(ByteBuffer in) {
    long count = Varints.read(in);
    if (count < 0 || count > LARGEST_COUNT) {
      throw new IllegalArgumentException(
          "The stored profile cannot have " + Long.toUnsignedString(count) + " members");
    }
    List<String> members = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      members.add(readText(in));
    }
    return members;
  }

  private static void writeText(String text, ByteBuffer out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Varints.write(utf8.length, out);
    out.put(utf8);
  }

  private static String readText(ByteBuffer in) {
    long length = Varints.read(in);
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "The stored profile has an ID of " + Long.toUnsignedString(length) + " bytes, and ends");
    }
    byte[] utf8 = new byte[(int) length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
