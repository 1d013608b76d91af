package dev.presage.features.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.presage.features.DocExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is generated into {@code docs} is what the code says. Run with {@code
 * -Dpresage.docs.write=true} to write it anew.
 */
class GeneratedDocsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path DEMO = Path.of("..", "local-stack", "demo", "features.yaml");

  private static final String RIGHT =
      """
      series:
        orders: {event: order}
        revenue: {event: order, property: revenue}
      features:
        f: {aggregate: count, series: orders, window: 7d}
      """;

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(DeclarationsSchema.text());

  @Test
  void shouldHaveTheSchemaOfThisCode() throws IOException {
    shouldBe(DeclarationsSchema.text(), DOCS.resolve("features.schema.json"));
  }

  @Test
  void shouldHaveTheReferenceOfThisCode() throws IOException {
    shouldBe(DeclarationsReference.text(), DOCS.resolve("features-reference.md"));
  }

  @Test
  void shouldBeASchemaItself() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

    assertThat(metaSchema.validate(DeclarationsSchema.text(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void shouldFitTheDemo() throws IOException {
    assertThat(problems(Files.readString(DEMO))).isEmpty();
  }

  @Test
  void shouldBeFoundByEditorsOfTheDemo() throws IOException {
    Matcher hint =
        Pattern.compile("^# yaml-language-server: \\$schema=(\\S+)$", Pattern.MULTILINE)
            .matcher(Files.readString(DEMO));

    assertThat(hint.find()).isTrue();
    assertThat(DEMO.resolveSibling(hint.group(1)).normalize())
        .isEqualTo(DOCS.resolve("features.schema.json").normalize());
  }

  static Stream<String> examples() throws IOException {
    return DocExamples.declarations().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldFitTheExamplesOfTheDocs(String yaml) {
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time_zone: Europe/Berlin\ntrack: all\n",
        "track: {events: all, properties: [revenue, quantity], at_most: 64}\n",
        "track: {properties: revenue}\n",
        "entity: item\ndeduplication: 1h\n"
      })
  void shouldFitEveryKeyOfTheFile(String head) {
    assertRight(head + RIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{event: '*'}",
        "{event: 404, where: true}",
        "{event: view, identifier: product_id, retention: 90d}",
        "{event: view, weekdays: sunday, hours: 7}",
        "{event: view, weekdays: [saturday, sunday], hours: 18-22}",
        "{event: view, hours: [0, 7-9, 23]}"
      })
  void shouldFitEverySeries(String series) {
    assertRight(RIGHT.replace("features:", "  more: " + series + "\nfeatures:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{aggregate: sum, series: revenue, window: lifetime, weekdays: [monday], hours: 9-17}",
        "{aggregate: sessions, series: orders, window: 7d, gap: 30m}",
        "{aggregate: decayed_sum, series: revenue, half_life: 7d}",
        "{aggregate: share, series: orders, window: 7d, of: revenue}",
        "{aggregate: last, series: revenue, window: 7d}",
        "{aggregate: last, series: revenue, window: 7d, k: 16}",
        "{aggregate: trend, series: orders, window: 7d}",
        "{expression: f + 1}",
        "{expression: 0}"
      })
  void shouldFitEveryFeature(String feature) {
    assertRight(RIGHT + "  g: " + feature + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "featurs: {}\n",
        "entity: In Store\n",
        "deduplication: 1w\n",
        "track: some\n",
        "track: {events: visit}\n",
        "track: {at_most: 0}\n",
        "track: {at_most: 501}\n",
        "track: {properties: []}\n",
        "track: {at: 7}\n"
      })
  void shouldNotFitAWrongFile(String head) {
    assertWrong(head + RIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "{evnt: view}",
        "{event: [view]}",
        "{event: view, retention: 0d}",
        "{event: view, retention: long}",
        "{event: view, property: a, identifier: b}",
        "{event: view, weekdays: sat}",
        "{event: view, weekdays: []}",
        "{event: view, hours: 24}",
        "{event: view, hours: 7-24}",
        "{event: view, hours: [noon]}"
      })
  void shouldNotFitAWrongSeries(String series) {
    assertWrong(RIGHT.replace("features:", "  more: " + series + "\nfeatures:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{aggregate: cuont, series: orders, window: 7d}",
        "{aggregate: count, window: 7d}",
        "{aggregate: count, series: orders}",
        "{aggregate: count, series: orders, window: week}",
        "{aggregate: count, series: orders, window: 7d, gap: 30m}",
        "{aggregate: count, series: orders, window: 7d, k: 2}",
        "{aggregate: sessions, series: orders, window: 7d}",
        "{aggregate: share, series: orders, window: 7d}",
        "{aggregate: decayed_count, series: orders}",
        "{aggregate: decayed_count, series: orders, half_life: 7d, window: 7d}",
        "{aggregate: trend, series: orders, window: lifetime}",
        "{aggregate: last, series: revenue, window: 7d, k: 0}",
        "{aggregate: last, series: revenue, window: 7d, k: 17}",
        "{expression: f, window: 7d}",
        "{expression: f, aggregate: count}"
      })
  void shouldNotFitAWrongFeature(String feature) {
    assertWrong(RIGHT + "  g: " + feature + "\n");
  }

  @Test
  void shouldNotFitAFileWithoutFeaturesOrSeries() {
    assertWrong("series:\n  orders: {event: order}\n");
    assertWrong("features:\n  f: {aggregate: count, series: orders, window: 7d}\n");
    assertWrong(RIGHT.replace("  f:", "  While:"));
  }

  /** The schema and the reader agree. */
  private static void assertRight(String yaml) {
    assertThat(DeclarationReader.read(yaml, "file.yaml"))
        .isInstanceOf(DeclarationReader.Result.Right.class);
    assertThat(problems(yaml)).isEmpty();
  }

  private static void assertWrong(String yaml) {
    assertThat(DeclarationReader.read(yaml, "file.yaml"))
        .isInstanceOf(DeclarationReader.Result.Wrong.class);
    assertThat(problems(yaml)).isNotEmpty();
  }

  private static List<String> problems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  private static void shouldBe(String generated, Path file) throws IOException {
    if (Boolean.getBoolean("presage.docs.write")) {
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as(
            "%s is generated and the code has changed: run this test once with"
                + " -Dpresage.docs.write=true and commit the file",
            file)
        .exists()
        .hasContent(generated);
  }
}
