package dev.presage.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.topics.TopicCatalogue;
import dev.presage.schemas.topics.TopicSpec;
import dev.presage.schemas.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the schemas of the topics to what was promised of them.
 *
 * <p>{@code src/main/avro-history/<Record>/<n>.avsc} has every version that was ever released, each
 * complete in itself. Run with {@code -Dpresage.schemas.release=true} to add the present schemas
 * where they differ from the newest version.
 */
class SchemaContractTest {
  private static final Path HISTORY = Path.of("src/main/avro-history");

  static Stream<Schema> schemas() {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    for (TopicSpec spec : new TopicCatalogue(Topics.unprefixed(), 1).specs()) {
      if (spec.value() != null) {
        schemas.put(spec.value().getFullName(), spec.value());
      }
    }
    return schemas.values().stream();
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldDocumentEveryRecordAndField(Schema schema) {
    assertDocumented(schema);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldBeFullyCompatibleWithEveryReleasedVersion(Schema schema) {
    List<Schema> history = history(schema);

    assertThat(history).as("history of %s", schema.getName()).isNotEmpty();
    for (Schema version : history) {
      assertCanRead(schema, version);
      assertCanRead(version, schema);
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void shouldHaveThePresentSchemaAsTheNewestReleasedVersion(Schema schema) throws IOException {
    List<Schema> history = history(schema);
    if (Boolean.getBoolean("presage.schemas.release")
        && (history.isEmpty() || !history.getLast().equals(schema))) {
      Path folder = Files.createDirectories(HISTORY.resolve(schema.getName()));
      Files.writeString(
          folder.resolve((history.size() + 1) + ".avsc"),
          SchemaFormatter.format("json/pretty", schema) + "\n");
      history = history(schema);
    }

    assertThat(history.getLast())
        .as(
            "%s has changed: run the tests once with -Dpresage.schemas.release=true and commit"
                + " the new version in %s",
            schema.getName(), HISTORY)
        .isEqualTo(schema);
  }

  private static void assertDocumented(Schema schema) {
    switch (schema.getType()) {
      case RECORD -> {
        assertThat(schema.getDoc()).as("doc of %s", schema.getFullName()).isNotBlank();
        for (Schema.Field field : schema.getFields()) {
          assertThat(field.doc())
              .as("doc of %s.%s", schema.getFullName(), field.name())
              .isNotBlank();
          assertDocumented(field.schema());
        }
      }
      case ENUM -> assertThat(schema.getDoc()).as("doc of %s", schema.getFullName()).isNotBlank();
      case ARRAY -> assertDocumented(schema.getElementType());
      case MAP -> assertDocumented(schema.getValueType());
      case UNION -> schema.getTypes().forEach(SchemaContractTest::assertDocumented);
      default -> {}
    }
  }

  private static void assertCanRead(Schema reader, Schema writer) {
    SchemaCompatibility.SchemaPairCompatibility result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertThat(result.getType())
        .as(result.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static List<Schema> history(Schema schema) {
    Path folder = HISTORY.resolve(schema.getName());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted(Comparator.comparing(SchemaContractTest::version))
          .map(SchemaContractTest::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int version(Path file) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    return Integer.parseInt(name.replace(".avsc", ""));
  }

  private static Schema parse(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
