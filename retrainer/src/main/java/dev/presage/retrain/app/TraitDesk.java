package dev.presage.retrain.app;

import dev.presage.features.FeatureEngine;
import dev.presage.retrain.kafka.DefinitionTopic;
import dev.presage.retrain.kafka.TraitDefinitions;
import dev.presage.retrain.runs.DataCheck;
import dev.presage.retrain.runs.DataReport;
import dev.presage.retrain.traits.InvalidTraitException;
import dev.presage.retrain.traits.Trait;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.traits.TraitDocument;
import dev.presage.schemas.yaml.InvalidFileException;
import dev.presage.schemas.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in, changes and deletes definitions of traits. Thread-safe. */
final class TraitDesk {
  private final FeatureEngine engine;
  private final TraitDefinitions definitions;
  private final DefinitionTopic topic;
  private final DataCheck dataCheck;

  TraitDesk(
      FeatureEngine engine,
      TraitDefinitions definitions,
      DefinitionTopic topic,
      DataCheck dataCheck) {
    this.engine = engine;
    this.definitions = definitions;
    this.topic = topic;
    this.dataCheck = dataCheck;
  }

  /** What is wrong with a request. */
  static final class WrongDefinitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    WrongDefinitionException(List<String> problems) {
      super(String.join("; ", problems));
      this.problems = List.copyOf(problems);
    }

    List<String> problems() {
      return problems;
    }
  }

  /**
   * Reads the definitions of a request: one, or several under {@code traits}, in JSON or YAML.
   *
   * @throws WrongDefinitionException with every problem
   */
  List<TraitDefinition> read(String body) {
    List<TraitDefinition> read;
    try {
      read = YamlFile.parse(body, "The request", TraitDocument::oneOrMore);
    } catch (InvalidFileException e) {
      throw new WrongDefinitionException(e.problems());
    }
    List<String> problems = new ArrayList<>();
    for (TraitDefinition definition : read) {
      for (String problem : Trait.problems(definition, engine)) {
        problems.add(definition.getTrait() + ": " + problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new WrongDefinitionException(problems);
    }
    return read;
  }

  /** Publishes definitions. */
  void publish(List<TraitDefinition> written) {
    topic.publish(written);
    // The follower brings the same soon; who asks before that shall see what was written.
    written.forEach(it -> definitions.onRecord(it.getTrait(), it));
  }

  /** Puts a trait to rest, or wakes it; nothing where there is none. */
  Optional<TraitDefinition> pause(String trait, boolean paused) {
    Optional<TraitDefinition> changed =
        definitions.find(trait).map(it -> TraitDefinition.newBuilder(it).setPaused(paused).build());
    changed.ifPresent(it -> publish(List.of(it)));
    return changed;
  }

  /** Deletes a definition. */
  void delete(String trait) {
    topic.delete(trait);
    definitions.onRecord(trait, null);
  }

  /**
   * Whether the history suffices for a trait.
   *
   * @throws InvalidTraitException where it cannot be trained, with every reason
   */
  DataReport check(TraitDefinition definition) {
    return dataCheck.check(Trait.compile(definition, engine));
  }
}
