package dev.presage.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UbjsonReaderTest {
  @Test
  void shouldReadNumbersOfEveryTypeBigEndian() throws UnreadableDocumentException {
    Bytes numbers =
        new Bytes()
            .text("[i")
            .raw(0xff)
            .text("U")
            .raw(0xff)
            .text("I")
            .raw(0x01, 0x02)
            .text("l")
            .raw(0xff, 0xff, 0xff, 0xfe)
            .text("L")
            .raw(0, 0, 0, 1, 0, 0, 0, 0)
            .text("d")
            .raw(0x3f, 0x80, 0, 0)
            .text("D")
            .raw(0xbf, 0xe0, 0, 0, 0, 0, 0, 0)
            .text("TFC")
            .raw('A')
            .text("]");

    assertThat(values(read(numbers).numbers()))
        .containsExactly(-1, 255, 258, -2, 4294967296.0, 1, -0.5, 1, 0, 65);
  }

  @Test
  void shouldReadTypedArraysAsTheyLie() throws UnreadableDocumentException {
    Numbers floats =
        read(new Bytes().text("[$d#U").raw(2).raw(0x3f, 0x80, 0, 0).raw(0xc0, 0, 0, 0)).numbers();

    assertThat(values(floats)).containsExactly(1, -2);
  }

  @Test
  void shouldReadObjectsOpenCountedAndTyped() throws UnreadableDocumentException {
    Bytes inner = new Bytes().text("{$i#i").raw(2).key("a").raw(7).key("b").raw(8);
    Bytes counted = new Bytes().text("{#i").raw(1).key("text").text("S").key("héé");
    Bytes open =
        new Bytes().text("{").key("inner").add(inner).key("counted").add(counted).text("N}");

    Node document = read(open);

    assertThat(document.get("counted").get("text").text()).isEqualTo("héé");
    assertThat(document.get("inner").find("c")).isNull();
    assertThatThrownBy(() -> document.get("inner").get("a").text())
        .hasMessage("inner.a is a number where a string is expected");
  }

  @Test
  void shouldReadArraysOfObjectsAndTreatNullAsAbsent() throws UnreadableDocumentException {
    Node document = read(new Bytes().text("[#i").raw(2).text("{}{").key("gone").text("Z}"));

    assertThat(document.size()).isEqualTo(2);
    assertThat(document.at(1).find("gone")).isNull();
    assertThatThrownBy(() -> document.at(1).get("gone")).hasMessage("[1].gone is missing");
  }

  @Test
  void shouldNotBelieveCountsBeyondItsBytes() {
    refused(new Bytes().text("[$L#L").raw(0x0f, 0xff, 0, 0, 0, 0, 0, 0), "a length or count of");
    refused(new Bytes().text("[$L#l").raw(0x7f, 0xff, 0xff, 0xff), "2147483647 more bytes");
    refused(new Bytes().text("[$L#i").raw(2, 0, 0, 0), "16 more bytes");
    refused(new Bytes().text("[#l").raw(0x7f, 0xff, 0xff, 0xff), "2147483647 more bytes");
    refused(new Bytes().text("{#i").raw(-1), "a length or count of -1");
    refused(new Bytes().text("Sl").raw(0, 1, 0, 0).text("x"), "65536 more bytes");
    refused(new Bytes().text("Sl").raw(0x7f, 0, 0, 0).text("x"), "a string has 2130706432 bytes");
  }

  @Test
  void shouldRefuseContainersWhoseElementsTakeNoBytes() {
    for (String type : new String[] {"Z", "T", "F"}) {
      refused(
          new Bytes().text("[$" + type + "#l").raw(0x7f, 0xff, 0xff, 0xff),
          "a container of type '" + type + "' is not supported");
    }
    refused(new Bytes().text("[$i").raw(1), "a container with a type has no count");
  }

  @Test
  void shouldRefuseWhatIsCutShortOrGoesOn() {
    refused(new Bytes(), "1 more bytes are announced, but 0 remain at byte 0");
    refused(new Bytes().text("{"), "but 0 remain");
    refused(new Bytes().text("[i"), "but 0 remain");
    refused(new Bytes().text("ZZ"), "more follows the UBJSON document at byte 1");
    refused(new Bytes().text("H"), "unknown type 'H'");
    refused(new Bytes().raw(0x80), "unknown type 0x80");
    refused(new Bytes().text("SS"), "a length is expected, not 'S'");
  }

  @Test
  void shouldRefuseDepthRepetitionAndMixtures() {
    refused(new Bytes().text("[".repeat(100_000)), "nested more than 64 deep");
    refused(new Bytes().text("{").key("a").text("T").key("a").text("F}"), "two members named a");
    refused(new Bytes().text("[TS").key("text").text("]"), "mixes numbers with other values");
  }

  @Test
  void shouldCountValues() {
    Bytes document = new Bytes().text("[" + "[]".repeat(20) + "]");
    assertThatThrownBy(() -> DocumentFormat.UBJSON.read(document.buffer(), 20))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessageContaining("more than 20 values");
  }

  private static void refused(Bytes bytes, String reason) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessageContaining(reason);
  }

  private static Node read(Bytes bytes) throws UnreadableDocumentException {
    return DocumentFormat.UBJSON.read(bytes.buffer(), 1000);
  }

  private static double[] values(Numbers numbers) {
    double[] values = new double[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return values;
  }

  /** Writes UBJSON by hand. */
  private static final class Bytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Bytes raw(int... values) {
      for (int value : values) {
        bytes.write(value);
      }
      return this;
    }

    Bytes text(String text) {
      bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Bytes key(String name) {
      return text("U").raw(name.getBytes(StandardCharsets.UTF_8).length).text(name);
    }

    Bytes add(Bytes more) {
      bytes.writeBytes(more.bytes.toByteArray());
      return this;
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(bytes.toByteArray());
    }
  }
}
