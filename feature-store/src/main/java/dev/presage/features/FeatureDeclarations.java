package dev.presage.features;

import dev.presage.features.declaration.DeclarationReader;
import dev.presage.features.declaration.Declarations;
import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.SeriesDefinition;
import dev.presage.features.declaration.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which series are tracked of an entity type and which features are computed from them, as declared
 * in a YAML file that {@code docs/features.md} explains. Immutable.
 */
public final class FeatureDeclarations {
  private final Declarations declarations;

  private FeatureDeclarations(Declarations declarations) {
    this.declarations = declarations;
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws IOException where it cannot be read
   * @throws InvalidDeclarationsException where it is wrong, with every problem
   */
  public static FeatureDeclarations read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Reads YAML.
   *
   * @param source where the text comes from, for messages
   * @throws InvalidDeclarationsException where it is wrong, with every problem
   */
  public static FeatureDeclarations parse(String yaml, String source) {
    return switch (DeclarationReader.read(yaml, source)) {
      case DeclarationReader.Result.Right right -> new FeatureDeclarations(right.declarations());
      case DeclarationReader.Result.Wrong wrong ->
          throw new InvalidDeclarationsException(source, wrong.problems());
    };
  }

  /** Returns what is profiled. */
  public String entityType() {
    return declarations.entityType();
  }

  /** Returns how long an event ID is remembered. */
  public Duration deduplication() {
    return declarations.deduplication();
  }

  /** Returns the series, by ascending name. */
  public List<SeriesDefinition> series() {
    return declarations.series();
  }

  /** Returns whether, and how, every event type is tracked besides the series. */
  public Optional<Tracking> tracking() {
    return declarations.tracking();
  }

  /** Returns the features, by ascending name: the order of the vector. */
  public List<FeatureDefinition> features() {
    return declarations.features();
  }

  /** Returns names and fingerprint of the vector. */
  public FeatureSchema schema() {
    return new FeatureSchema(
        features().stream().map(FeatureDefinition::name).toList(), declarations.fingerprint());
  }

  /** Returns the indices of the features that are expressions, each after all that it reads. */
  List<Integer> computedOrder() {
    return declarations.computedOrder();
  }
}
