package dev.presage.scoring.quality;

import dev.presage.model.LoadedModel;
import dev.presage.schemas.avro.TrainingExample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The training examples of all instances, as the topic {@code training-examples} brings them: of
 * each version that is loaded, those of the last window. One follower brings the records; others
 * may ask for figures meanwhile. Memory is bounded by the number of versions and of examples of
 * each.
 */
public final class ServedExamples {
  /**
   * Versions that are not loaded and whose examples are kept nevertheless: another instance may
   * have loaded one before this one did.
   */
  private static final int MOST_UNKNOWN = 4;

  private final long windowMillis;
  private final int most;
  private final Function<String, @Nullable MeasuredTrait> traits;

  /** The versions that were not heard of for longest are first. */
  private final LinkedHashMap<Version, ExampleSample> samples =
      new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, Long> newest = new HashMap<>();

  private record Version(String trait, String version) {}

  /**
   * @param window the last examples, by as-of time, that figures are of
   * @param most examples of a version that are kept at most
   * @param traits what is measured, by the name of the trait; null of one that is not
   */
  public ServedExamples(
      Duration window, int most, Function<String, @Nullable MeasuredTrait> traits) {
    this.windowMillis = window.toMillis();
    this.most = most;
    this.traits = traits;
  }

  /**
   * Takes in a record of the topic.
   *
   * @param key the example's; it has its label under the same key later
   * @param example null where it was taken back
   */
  public synchronized void onRecord(String key, @Nullable TrainingExample example) {
    long hash = hash(key);
    if (example == null) {
      samples.values().forEach(it -> it.remove(hash));
      return;
    }
    MeasuredTrait trait = traits.apply(example.getTrait());
    if (trait == null || Double.isNaN(example.getScore())) {
      return;
    }
    long asOf = example.getAsOf().toEpochMilli();
    long newestMillis = newest.merge(trait.name(), asOf, Math::max);
    long until = untilMillis(newestMillis, trait);
    if (asOf <= until) {
      return;
    }
    Version version = new Version(trait.name(), example.getModelVersion());
    ExampleSample sample = samples.get(version);
    if (sample == null) {
      sample = new ExampleSample(most);
      samples.put(version, sample);
      forgetUnknown();
    }
    if (sample.takes(hash)) {
      sample.put(hash, new ServedExample(example), until);
    }
  }

  /** Everything up to this time is too old for any figure. */
  private long untilMillis(long newestMillis, MeasuredTrait trait) {
    return newestMillis - windowMillis - trait.horizonMillis();
  }

  private void forgetUnknown() {
    long unknown = samples.keySet().stream().filter(it -> !isLoaded(it)).count();
    Iterator<Version> oldestFirst = samples.keySet().iterator();
    while (unknown > MOST_UNKNOWN && oldestFirst.hasNext()) {
      if (!isLoaded(oldestFirst.next())) {
        oldestFirst.remove();
        unknown--;
      }
    }
  }

  private boolean isLoaded(Version version) {
    MeasuredTrait trait = traits.apply(version.trait());
    return trait != null && trait.version(version.version()) != null;
  }

  /** The figures of a trait's loaded versions that have examples, by the name of the version. */
  List<VersionFigures> figures(MeasuredTrait trait) {
    List<VersionFigures> figures = new ArrayList<>();
    for (LoadedModel model : trait.versions()) {
      List<ServedExample> examples;
      long newestMillis;
      synchronized (this) {
        ExampleSample sample = samples.get(new Version(trait.name(), model.version()));
        if (sample == null) {
          continue;
        }
        newestMillis = newest.getOrDefault(trait.name(), 0L);
        examples = sample.after(untilMillis(newestMillis, trait));
      }
      if (!examples.isEmpty()) {
        figures.add(VersionFigures.of(trait, model, examples, newestMillis, windowMillis));
      }
    }
    figures.sort(Comparator.comparing(VersionFigures::version));
    return List.copyOf(figures);
  }

  /** 64 bits that look random: FNV-1a, and the finalizer of MurmurHash3 behind it. */
  static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
