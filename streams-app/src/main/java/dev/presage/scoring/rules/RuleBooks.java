package dev.presage.scoring.rules;

import dev.presage.features.expression.Scope;
import dev.presage.model.LiveModelSet;
import dev.presage.model.LoadedModel;
import dev.presage.model.ModelDecision;
import dev.presage.model.RefusalCode;
import dev.presage.schemas.avro.DefinitionOutcome;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TriggerDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final Map<String, RuleBook> triggers = new HashMap<>();
  private @Nullable Scope toldOf;

  /**
   * @param books of entity types that all differ, customers first
   */
  public RuleBooks(List<RuleBook> books) {
    this.books = List.copyOf(books);
    var unused = tellOfCustomers();
  }

  /**
   * Triggers of other entity types can go to customers, by rules over customers: the other books
   * check them anew when customers' traits have changed.
   */
  private List<DefinitionDecision> tellOfCustomers() {
    Scope customers = books.getFirst().current().scope();
    if (toldOf != null && Set.copyOf(toldOf.names()).equals(Set.copyOf(customers.names()))) {
      return List.of();
    }
    toldOf = customers;
    List<DefinitionDecision> decisions = new ArrayList<>();
    books.stream().skip(1).forEach(book -> decisions.addAll(book.recipients(customers)));
    return decisions;
  }

  /**
   * Takes in a trait definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> trait(
      String name, @Nullable TraitDefinition definition) {
    String entityType = definition == null ? null : definition.getEntityType();
    List<DefinitionDecision> decisions =
        new ArrayList<>(
            route(traits, name, entityType, definition, RuleBook::trait, RuleBook::refuseTrait));
    decisions.addAll(tellOfCustomers());
    warnOfForeignModels(name);
    return decisions;
  }

  /**
   * Takes in a segment definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> segmentation(
      String name, @Nullable SegmentDefinition definition) {
    String entityType = definition == null ? null : definition.getEntityType();
    return route(
        segmentations,
        name,
        entityType,
        definition,
        RuleBook::segmentation,
        RuleBook::refuseSegmentation);
  }

  /**
   * Takes in a trigger definition, or its deletion.
   *
   * @return what became of it, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> trigger(
      String name, @Nullable TriggerDefinition definition) {
    String entityType = definition == null ? null : definition.getEntityType();
    return route(
        triggers, name, entityType, definition, RuleBook::trigger, RuleBook::refuseTrigger);
  }

  /**
   * Takes in that a record of the topic of trait definitions cannot be read.
   *
   * @return what became of the trait, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> refuseTrait(String name, String problem) {
    List<DefinitionDecision> decisions =
        new ArrayList<>(traits.getOrDefault(name, books.getFirst()).refuseTrait(name, problem));
    decisions.addAll(tellOfCustomers());
    return decisions;
  }

  /**
   * Takes in that a record of the topic of segment definitions cannot be read.
   *
   * @return what became of the segmentation, and then of every definition that it changed something
   *     for
   */
  public synchronized List<DefinitionDecision> refuseSegmentation(String name, String problem) {
    return segmentations.getOrDefault(name, books.getFirst()).refuseSegmentation(name, problem);
  }

  /**
   * Takes in that a record of the topic of trigger definitions cannot be read.
   *
   * @return what became of the trigger, and then of every definition that it changed something for
   */
  public synchronized List<DefinitionDecision> refuseTrigger(String name, String problem) {
    return triggers.getOrDefault(name, books.getFirst()).refuseTrigger(name, problem);
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
    List<DefinitionDecision> take(RuleBook book, String name, @Nullable D definition);
  }

  /** What a book does with what is no definition. */
  private interface Refuser {
    List<DefinitionDecision> refuse(RuleBook book, String name, String problem);
  }

  private <D> List<DefinitionDecision> route(
      Map<String, RuleBook> homes,
      String name,
      @Nullable String entityType,
      @Nullable D definition,
      Taker<D> taker,
      Refuser refuser) {
    RuleBook before = homes.getOrDefault(name, books.getFirst());
    if (definition == null) {
      homes.remove(name);
      return taker.take(before, name, null);
    }
    RuleBook home = book(entityType, before);
    List<DefinitionDecision> decisions = taker.take(home, name, definition);
    if (home == before || !homes.containsKey(name)) {
      homes.put(name, home);
      return decisions;
    }
    DefinitionDecision decision = decisions.getFirst();
    if (decision.outcome() == DefinitionOutcome.REFUSED) {
      // The last valid definition goes on, where it was.
      taker.take(home, name, null);
      return refuser.refuse(before, name, String.join("; ", decision.problems()));
    }
    homes.put(name, home);
    List<DefinitionDecision> all = new ArrayList<>(decisions);
    // That it is deleted there is not what became of it.
    all.addAll(taker.take(before, name, null).stream().skip(1).toList());
    return all;
  }

  private RuleBook book(@Nullable String entityType, RuleBook otherwise) {
    return books.stream()
        .filter(book -> book.entityType().name().equals(entityType))
        .findFirst()
        .orElse(otherwise);
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
