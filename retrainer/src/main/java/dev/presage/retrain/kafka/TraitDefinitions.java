package dev.presage.retrain.kafka;

import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.topics.CompactedTopicFollower;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The trait definitions as they stand on their topic. Thread-safe. */
public final class TraitDefinitions implements CompactedTopicFollower.Handler<TraitDefinition> {
  private final ConcurrentNavigableMap<String, TraitDefinition> byTrait =
      new ConcurrentSkipListMap<>();

  @Override
  public void onRecord(String key, @Nullable TraitDefinition value) {
    if (value == null) {
      byTrait.remove(key);
    } else {
      byTrait.put(key, value);
    }
  }

  /** The definition of a trait. */
  public Optional<TraitDefinition> find(String trait) {
    return Optional.ofNullable(byTrait.get(trait));
  }

  /** Names of all traits, in order. */
  public List<String> traits() {
    return List.copyOf(byTrait.keySet());
  }
}
