package dev.presage.retrain.traits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.traits.TraitDocument;
import dev.presage.schemas.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Executes what {@code docs/traits.md} shows, over the features of the demo. */
class TraitsDocTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REQUEST = Pattern.compile("-d '\n(.*?)'", Pattern.DOTALL);
  private static String page;

  @BeforeAll
  static void read() throws IOException {
    page = Files.readString(Path.of("../docs/traits.md"));
  }

  @Test
  void shouldShowDefinitionsThatAreRight() throws IOException {
    FeatureEngine demo =
        new FeatureEngine(FeatureDeclarations.read(Path.of("../local-stack/demo/features.yaml")));
    FeatureEngine engine = demo;
    List<String> shown = new ArrayList<>();
    for (MatchResult block : YAML.matcher(page).results().toList()) {
      String yaml = block.group(1);
      if (yaml.startsWith("series:")) {
        // Features of the block that follows.
        engine = new FeatureEngine(FeatureDeclarations.parse(yaml, "docs/traits.md"));
        continue;
      }
      for (TraitDefinition definition :
          YamlFile.parse(yaml, "docs/traits.md", TraitDocument::oneOrMore)) {
        shown.add(definition.getTrait());
        assertThat(Trait.problems(definition, engine)).as(definition.getTrait()).isEmpty();
        assertThat(Trait.compile(definition, engine).name()).isEqualTo(definition.getTrait());
      }
      engine = demo;
    }
    assertThat(shown)
        .startsWith("orders-again-30d", "orders-again-90d", "wins-back")
        .contains(
            "value-30d",
            "orders-for-work",
            "takes-the-offer",
            "spending-365d",
            "churn",
            "cancels-what-was-ordered");
  }

  @Test
  void shouldShowARequestThatMakesTheSameTraits() {
    MatchResult request = REQUEST.matcher(page).results().findFirst().orElseThrow();
    MatchResult first = YAML.matcher(page).results().findFirst().orElseThrow();

    assertThat(YamlFile.parse(request.group(1), "the request", TraitDocument::oneOrMore))
        .isEqualTo(YamlFile.parse(first.group(1), "the file", TraitDocument::oneOrMore));
  }
}
