package dev.presage.scoring.rules;

import dev.presage.schemas.avro.DefinitionKind;
import dev.presage.schemas.avro.DefinitionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of one kind, as their topic brought them: of each name the newest record and the
 * last definition that was valid, which goes on while the newest is refused. Whether a definition
 * is valid can change without a record of its own, when one that it leans on comes or goes. Used
 * under the lock of its {@link RuleBook}.
 *
 * @param <D> the definition
 */
final class KeptDefinitions<D> {
  private final DefinitionKind kind;
  private final Map<String, Kept<D>> byName = new TreeMap<>();

  KeptDefinitions(DefinitionKind kind) {
    this.kind = kind;
  }

  /**
   * Compiles a definition.
   *
   * @param <C> what it is compiled to
   */
  interface Attempt<D, C> {
    /**
     * Compiles it; gives null where something is wrong with it.
     *
     * @param problems takes everything that is wrong
     */
    @Nullable C compile(String name, D definition, List<String> problems);
  }

  /** Takes in the newest record of a name; null where it was deleted. */
  void put(String name, @Nullable D definition) {
    if (definition == null) {
      byName.remove(name);
    } else {
      kept(name).newest(definition, List.of());
    }
  }

  /** Takes in that the newest record of a name is no definition at all. */
  void refuse(String name, String problem) {
    kept(name).newest(null, List.of(problem));
  }

  /** Compiles of each name the newest definition or, where that is wrong, the last valid one. */
  <C> List<C> compile(Attempt<D, C> attempt) {
    List<C> compiled = new ArrayList<>();
    byName.forEach(
        (name, kept) -> {
          C result = kept.compile(name, attempt);
          if (result != null) {
            compiled.add(result);
          }
        });
    return compiled;
  }

  /** What became of a name by the last {@link #compile}. */
  DefinitionDecision decision(String name) {
    Kept<D> kept = byName.get(name);
    if (kept == null) {
      return new DefinitionDecision(kind, name, DefinitionOutcome.DELETED, List.of(), false);
    }
    kept.told = kept.standing;
    return kept.standing.decision(kind, name);
  }

  /**
   * What became, by the last {@link #compile}, of names of which something else was told before.
   */
  List<DefinitionDecision> changes() {
    return byName.entrySet().stream()
        .filter(it -> !it.getValue().standing.equals(it.getValue().told))
        .map(it -> decision(it.getKey()))
        .toList();
  }

  /** Everything that is wrong with newest definitions, for people. */
  List<String> problems() {
    String word = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);
    List<String> problems = new ArrayList<>();
    byName.forEach(
        (name, kept) ->
            kept.standing.problems.forEach(it -> problems.add(word + " " + name + ": " + it)));
    return problems;
  }

  private Kept<D> kept(String name) {
    return byName.computeIfAbsent(name, it -> new Kept<>());
  }

  /** What holds of a name. */
  private record Standing(List<String> problems, boolean inEffect) {
    DefinitionDecision decision(DefinitionKind kind, String name) {
      return new DefinitionDecision(
          kind,
          name,
          problems.isEmpty() ? DefinitionOutcome.ACCEPTED : DefinitionOutcome.REFUSED,
          problems,
          inEffect);
    }
  }

  private static final class Kept<D> {
    private @Nullable D newest;
    private @Nullable D lastValid;
    private List<String> unreadable = List.of();
    private Standing standing = new Standing(List.of(), false);
    private @Nullable Standing told;

    void newest(@Nullable D definition, List<String> why) {
      newest = definition;
      unreadable = why;
    }

    <C> @Nullable C compile(String name, Attempt<D, C> attempt) {
      List<String> problems = new ArrayList<>(unreadable);
      C compiled = newest == null ? null : attempt.compile(name, newest, problems);
      if (compiled != null) {
        lastValid = newest;
      } else if (lastValid != null && !Objects.equals(lastValid, newest)) {
        compiled = attempt.compile(name, lastValid, new ArrayList<>());
      }
      standing = new Standing(List.copyOf(problems), compiled != null);
      return compiled;
    }
  }
}
