package dev.presage.features.state;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The decoded profiles of one store, those that were used least recently leaving first. A dirty one
 * is written before it leaves.
 */
final class ProfileCache<P> {
  private final ProfileCacheBudget budget;
  private final IntUnaryOperator heapBytes;
  private final Consumer<CachedProfile<P>> writer;
  private final Runnable onEviction;
  private final LinkedHashMap<Bytes, CachedProfile<P>> profiles =
      new LinkedHashMap<>(256, 0.75f, true);
  private final Set<CachedProfile<P>> dirty = new LinkedHashSet<>();
  private long weight;
  private boolean takesShare;

  ProfileCache(
      ProfileCacheBudget budget,
      IntUnaryOperator heapBytes,
      Consumer<CachedProfile<P>> writer,
      Runnable onEviction) {
    this.budget = budget;
    this.heapBytes = heapBytes;
    this.writer = writer;
    this.onEviction = onEviction;
  }

  @Nullable CachedProfile<P> get(Bytes key) {
    return profiles.get(key);
  }

  /** Adds a profile that is not cached yet, and makes room for it. */
  void add(CachedProfile<P> profile) {
    if (!takesShare) {
      budget.opened();
      takesShare = true;
    }
    profiles.put(profile.key, profile);
    weigh(profile);
    makeRoom();
  }

  /** Takes note that a cached profile was changed. */
  void changed(CachedProfile<P> profile) {
    dirty.add(profile);
  }

  /** Forgets a profile, written or not. */
  void remove(Bytes key) {
    CachedProfile<P> removed = profiles.remove(key);
    if (removed != null) {
      weight -= removed.weight;
      dirty.remove(removed);
    }
  }

  boolean hasDirty() {
    return !dirty.isEmpty();
  }

  /** Writes what is dirty, in the order in which it became so. */
  void writeDirty() {
    for (CachedProfile<P> profile : dirty) {
      writer.accept(profile);
      weigh(profile);
    }
    dirty.clear();
    makeRoom();
  }

  /** Writes what was never written. */
  void writeNew() {
    for (Iterator<CachedProfile<P>> all = dirty.iterator(); all.hasNext(); ) {
      CachedProfile<P> profile = all.next();
      if (profile.generation == 0) {
        writer.accept(profile);
        weigh(profile);
        all.remove();
      }
    }
  }

  /** Forgets everything, written or not, and takes no more of the budget until one is added. */
  void clear() {
    if (takesShare) {
      budget.closed();
      takesShare = false;
    }
    profiles.clear();
    dirty.clear();
    weight = 0;
  }

  /** The last one stays, whatever its size: it is the one that is being used. */
  private void makeRoom() {
    long share = budget.share();
    while (weight > share && profiles.size() > 1) {
      CachedProfile<P> eldest = profiles.pollFirstEntry().getValue();
      weight -= eldest.weight;
      if (dirty.remove(eldest)) {
        writer.accept(eldest);
      }
      onEviction.run();
    }
  }

  private void weigh(CachedProfile<P> profile) {
    weight -= profile.weight;
    profile.weight = heapBytes.applyAsInt(profile.bodyBytes);
    weight += profile.weight;
  }
}
