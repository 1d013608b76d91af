package dev.presage.model.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void shouldReadObjectsArraysTextAndNumbers() throws UnreadableDocumentException {
    Node document = read("{\"a\": [{\"name\": \"x\"}, {}], \"b\": [1, -2.5E-1, true], \"c\": []}");

    assertThat(document.get("a").at(0).get("name").text()).isEqualTo("x");
    assertThat(document.get("a").size()).isEqualTo(2);
    assertThat(document.get("b").numbers().get(1)).isEqualTo(-0.25);
    assertThat(document.get("b").numbers().index(0)).isEqualTo(1);
    assertThat(document.get("b").numbers().index(1)).isEqualTo(Numbers.NOT_AN_INDEX);
    assertThat(document.get("b").numbers().get(2)).isEqualTo(1);
    assertThat(document.get("c").size()).isZero();
    assertThat(document.get("c").numbers().size()).isZero();
  }

  @Test
  void shouldRoundDecimalsToFloatOnce() throws UnreadableDocumentException {
    // Just above the middle of two floats; a double rounds it to the middle, and that to even,
    // down.
    String text = "1.00000005960464477539062500001";

    assertThat((float) read("[" + text + "]").numbers().get(0)).isEqualTo(Math.nextUp(1f));
    assertThat((float) Double.parseDouble(text)).isEqualTo(1f);
  }

  @Test
  void shouldKeepWhatADoubleCanHold() throws UnreadableDocumentException {
    for (String text : new String[] {"0.1", "-1e300", "123456789.123456789", "5e-324", "1e-40"}) {
      double value = read("[" + text + "]").numbers().get(0);
      assertThat(value).isEqualTo(Double.parseDouble(text));
      assertThat((float) value).isEqualTo(Float.parseFloat(text));
    }
  }

  @Test
  void shouldRoundAsFloatsAreReadWhateverTheDecimal() throws UnreadableDocumentException {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        BigDecimal middle =
            new BigDecimal(value)
                .add(new BigDecimal(Math.nextUp(Math.abs(value) < 1e38f ? value : 1f)))
                .divide(BigDecimal.TWO);
        String text = middle.round(new MathContext(60 + random.nextInt(30))).toString();
        if (text.length() <= 100) {
          assertThat((float) read("[" + text + "]").numbers().get(0))
              .isEqualTo(Float.parseFloat(text));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN,NaN", "Infinity,Infinity", "-Infinity,-Infinity"})
  void shouldReadWhatXgboostWritesForNoNumber(String token, double expected)
      throws UnreadableDocumentException {
    assertThat(read("[" + token + "]").numbers().get(0)).isEqualTo(Double.valueOf(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,",
        "[1,{}]",
        "[{},1]",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "[1,null]",
        "nope",
        "{\"a\"",
        "[1 2]",
        "[\"\u0001\"]",
        "{}\0"
      })
  void shouldRefuseWhatIsNotADocument(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableDocumentException.class);
  }

  @Test
  void shouldRefuseWhatIsTooDeepTooLongOrTooMuch() {
    refused("[".repeat(100_000), "depth");
    refused("[" + "1".repeat(101) + "]", "length");
    refused("[" + "{},".repeat(1000) + "{}]", "more than 1000 values");
  }

  @Test
  void shouldSayWhereSomethingElseWasExpected() throws UnreadableDocumentException {
    Node document = read("{\"a\": {\"b\": [{}], \"c\": 1}}");

    assertThatThrownBy(() -> document.get("a").get("c").text())
        .hasMessage("a.c is a number where a string is expected");
    assertThatThrownBy(() -> document.get("a").get("b").numbers())
        .hasMessage("a.b is an array where an array of numbers is expected");
    assertThatThrownBy(() -> document.get("a").get("b").at(0).get("x"))
        .hasMessage("a.b[0].x is missing");
    assertThatThrownBy(() -> document.text())
        .hasMessage("the document is an object where a string is expected");
  }

  private static void refused(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableDocumentException.class)
        .hasMessageContaining(reason);
  }

  private static Node read(String text) throws UnreadableDocumentException {
    return DocumentFormat.JSON.read(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 1000);
  }
}
