package dev.presage.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.EventPlayer;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.PlayOptions;
import dev.presage.local.play.PlayReport;
import dev.presage.local.play.SourceFile;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.registry.InMemorySchemaRegistry;
import dev.presage.schemas.wire.AvroSerde;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README to what it shows. */
class ReadmeTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern FENCE = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

  @Test
  void shouldDeclareFeaturesThatCanBeRead() throws IOException {
    assertThat(FeatureDeclarations.parse(examples("yaml").getFirst(), "README").features())
        .hasSize(4);
  }

  @Test
  void shouldMapTheLinesThatItShows(@TempDir Path folder) throws IOException {
    Path mapping = Files.writeString(folder.resolve("mapping.yaml"), examples("yaml").get(1));
    Path lines = Files.writeString(folder.resolve("events.jsonl"), examples("json").getFirst());
    try (MockProducer<String, Event> producer =
        new MockProducer<>(
            true,
            null,
            new StringSerializer(),
            AvroSerde.of(Event.class, new InMemorySchemaRegistry()).serializer())) {
      PlayReport report =
          new EventPlayer(producer, "events")
              .play(
                  new SourceFile(lines, FileFormat.JSONL),
                  EventMappingFile.read(mapping),
                  PlayOptions.everything(),
                  bytes -> {});

      assertThat(report.sent()).isEqualTo(2);
      assertThat(producer.history()).extracting(it -> it.key()).containsExactly("d-7", "c-1");
      assertThat(producer.history().getLast().value().getProperties())
          .containsEntry("revenue", 42.5);
    }
  }

  @Test
  void shouldShowTheScriptThatIsTested() throws IOException {
    String script =
        Files.readString(PROJECT.resolve("local-stack/demo/node/read-trait-updates.js"));

    assertThat(script).endsWith(examples("js").getFirst());
  }

  @Test
  void shouldLinkToWhatIsThere() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
      docs.filter(it -> it.toString().endsWith(".md")).forEach(documents::add);
    }
    documents.add(PROJECT.resolve("README.md"));
    documents.add(PROJECT.resolve("CONTRIBUTING.md"));
    for (Path document : documents) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        assertThat(document.resolveSibling(link.group(1))).as("linked to by %s", document).exists();
      }
    }
  }

  private static List<String> examples(String language) throws IOException {
    List<String> examples = new ArrayList<>();
    Matcher fence = FENCE.matcher(Files.readString(PROJECT.resolve("README.md")));
    while (fence.find()) {
      if (fence.group(1).equals(language)) {
        examples.add(fence.group(2));
      }
    }
    return examples;
  }
}
