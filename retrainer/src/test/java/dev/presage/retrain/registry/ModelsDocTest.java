package dev.presage.retrain.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the page for data scientists to the script that made the model of the tests. */
class ModelsDocTest {
  @Test
  void shouldShowWhatTheScriptDoes() throws IOException {
    String page = Files.readString(Path.of("../docs/models.md"));
    String script =
        Files.readString(Path.of("src/test/resources/dev/presage/retrain/registry/train.py"));
    Matcher python = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(page);

    assertThat(python.find()).isTrue();
    assertThat(python.group(1).lines()).allSatisfy(line -> assertThat(script).contains(line));
  }
}
