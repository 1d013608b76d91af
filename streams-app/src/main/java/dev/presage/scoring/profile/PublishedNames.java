package dev.presage.scoring.profile;

import dev.presage.features.state.AgendaStore;
import dev.presage.scoring.rules.NameId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the traits that a partition has published: profiles know them by what stands for
 * them, and a value has to be taken back by name, also when its definition is long gone. Used by
 * one thread.
 */
final class PublishedNames {
  private static final String PREFIX = "trait/";

  private final AgendaStore agenda;
  private final Map<String, Integer> kept = new HashMap<>();

  PublishedNames(AgendaStore agenda) {
    this.agenda = agenda;
  }

  void published(String trait) {
    if (!kept.containsKey(trait)) {
      int id = NameId.of(trait);
      kept.put(trait, id);
      if (name(id) == null) {
        agenda.note(PREFIX + id, trait.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  @Nullable String name(int traitId) {
    byte[] name = agenda.note(PREFIX + traitId);
    return name == null ? null : new String(name, StandardCharsets.UTF_8);
  }
}
