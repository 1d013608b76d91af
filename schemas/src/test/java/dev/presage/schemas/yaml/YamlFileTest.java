package dev.presage.schemas.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

  @TempDir Path folder;

  @Test
  void shouldReadNestedValues() throws IOException {
    Path file = file("shop: {name: Ada's, open: true}\ngoods: [{sku: 7}, {sku: b}]\n");

    List<String> read =
        YamlFile.read(
            file,
            root ->
                List.of(
                    root.object("shop").text("name"),
                    root.object("shop").text("open"),
                    root.objects("goods").get(0).text("sku"),
                    root.objects("goods").get(1).text("sku")));

    assertThat(read).containsExactly("Ada's", "true", "7", "b");
  }

  @Test
  void shouldNameAllProblemsWithTheirPlaces() throws IOException {
    Path file = file("shop: {nam: x}\ngoods: [{count: many}]\nextra: 1\n");

    InvalidFileException thrown =
        catchThrowableOfType(
            InvalidFileException.class,
            () ->
                YamlFile.read(
                    file,
                    root -> {
                      root.object("shop").text("name");
                      root.objects("goods")
                          .getFirst()
                          .parsed("count", 1, Integer::valueOf, "a whole number");
                      return root.objects("people");
                    }));

    assertThat(thrown).hasMessageContaining(file.toString());
    assertThat(thrown.problems())
        .containsExactly(
            "shop.name is missing",
            "goods[0].count is 'many'; expected a whole number",
            "people is missing",
            "extra is not known; there are goods, people, shop",
            "shop.nam is not known; did you mean name?");
  }

  @Test
  void shouldRefuseAKeyThatIsThereTwice() throws IOException {
    Path file = file("a: 1\na: 2\n");

    assertThatThrownBy(() -> YamlFile.read(file, root -> root.text("a")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("Line 2")
        .hasMessageContaining("Duplicate");
  }

  @Test
  void shouldRefuseWhatHasNoKeys() throws IOException {
    for (String text : List.of("", "just a text", "- a\n- b\n")) {
      Path file = file(text);

      assertThatThrownBy(() -> YamlFile.read(file, root -> root.text("a")))
          .isInstanceOf(InvalidFileException.class)
          .hasMessageContaining("Expected keys with values at the top");
    }
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThatThrownBy(() -> YamlFile.read(folder.resolve("none.yaml"), root -> root.text("a")))
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("none.yaml");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.yaml"), text);
  }
}
