package dev.presage.scoring.rules;

import dev.presage.model.LiveModelSet;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of every entity type. A definition goes to the book of the entity type that it names,
 * and leaves the one that it was in before; a definition of an entity type that there is none of is
 * refused by the book that has had it, else by that of customers.
 *
 * <p>A model goes to the book whose features it was trained on: its fingerprint says which, as the
 * entity type is a part of it. So it does not matter whether the model or its trait's definition
 * comes first.
 */
public final class RuleBooks {
  private static final Logger log = LoggerFactory.getLogger(RuleBooks.class);

  private final List<RuleBook> books;
  private final Map<String, RuleBook> traits = new HashMap<>();
  private final Map<String, RuleBook> segmentations = new HashMap<>();

  /**
   * @param books of entity types that all differ, customers first
   */
  public RuleBooks(List<RuleBook> books) {
    this.books = List.copyOf(books);
  }

  /** Takes in a trait definition, or its deletion. */
  public synchronized void trait(String name, @Nullable TraitDefinition definition) {
    String entityType = definition == null ? null : definition.getEntityType();
    route(traits, name, entityType, definition, RuleBook::trait);
    warnOfForeignModels(name);
  }

  /** Takes in a segment definition, or its deletion. */
  public synchronized void segmentation(String name, @Nullable SegmentDefinition definition) {
    String entityType = definition == null ? null : definition.getEntityType();
    route(segmentations, name, entityType, definition, RuleBook::segmentation);
  }

  /**
   * Takes in a record of the topic of models; one that is refused changes nothing.
   *
   * @param key {@code <trait>/<version>}
   * @param artefact null where the version is withdrawn
   */
  public synchronized ModelDecision model(String key, @Nullable ModelArtefact artefact) {
    RuleBook home = home(key, artefact);
    ModelDecision decision = home.model(key, artefact);
    if (!decision.refused()) {
      for (RuleBook book : books) {
        if (book != home && has(book, key)) {
          book.model(key, null);
        }
      }
      warnOfForeignModels(decision.trait());
    }
    return decision;
  }

  /** Refuses a record of the topic of models that could not be offered; changes nothing. */
  public ModelDecision refuseModel(String key, RefusalCode code, String reason) {
    for (RuleBook book : books) {
      if (has(book, key)) {
        return book.refuseModel(key, code, reason);
      }
    }
    return books.getFirst().refuseModel(key, code, reason);
  }

  /** The models of this moment, of each entity type. */
  public List<LiveModelSet> models() {
    return books.stream().map(RuleBook::models).toList();
  }

  /** What a book does with a definition. */
  private interface Taker<D> {
    void take(RuleBook book, String name, @Nullable D definition);
  }

  private <D> void route(
      Map<String, RuleBook> homes,
      String name,
      @Nullable String entityType,
      @Nullable D definition,
      Taker<D> taker) {
    RuleBook before = homes.getOrDefault(name, books.getFirst());
    RuleBook home = before;
    for (RuleBook book : books) {
      if (book.entityType().name().equals(entityType)) {
        home = book;
      }
    }
    if (home != before && homes.containsKey(name)) {
      taker.take(before, name, null);
    }
    if (definition == null) {
      homes.remove(name);
    } else {
      homes.put(name, home);
    }
    taker.take(home, name, definition);
  }

  private RuleBook home(String key, @Nullable ModelArtefact artefact) {
    String trait = trait(key);
    if (artefact == null) {
      return books.stream()
          .filter(book -> has(book, key))
          .findFirst()
          .orElseGet(() -> traits.getOrDefault(trait, books.getFirst()));
    }
    String fingerprint = artefact.getFeatureSchema().getFingerprint();
    return books.stream()
        .filter(book -> book.schema().fingerprint().equals(fingerprint))
        .findFirst()
        .orElseGet(() -> traits.getOrDefault(trait, books.getFirst()));
  }

  private static boolean has(RuleBook book, String key) {
    String trait = trait(key);
    for (LoadedModel model : book.models().versions(trait)) {
      if (key.equals(trait + "/" + model.version())) {
        return true;
      }
    }
    return false;
  }

  private static String trait(String key) {
    int slash = key.indexOf('/');
    return slash < 0 ? key : key.substring(0, slash);
  }

  private void warnOfForeignModels(String trait) {
    RuleBook home = traits.get(trait);
    for (RuleBook book : books) {
      if (home != null && book != home && !book.models().versions(trait).isEmpty()) {
        log.warn(
            "Trait {} is defined for entity type {}, but has models that were trained on the"
                + " features of {}, which score nothing; correct the definition's entityType, or"
                + " train the trait on the features of {}",
            trait,
            home.entityType().name(),
            book.entityType().name(),
            home.entityType().name());
      }
    }
  }
}
