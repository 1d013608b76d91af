package dev.presage.features;

import dev.presage.features.declaration.FeatureDefinition;
import dev.presage.features.declaration.FeatureDefinition.Aggregated;
import dev.presage.features.declaration.FeatureDefinition.Computed;
import dev.presage.features.declaration.SeriesDefinition;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says which features look at what: at a property of events, or at other features. */
public final class FeatureReads {
  private final List<FeatureDefinition> features;

  FeatureReads(List<FeatureDefinition> features) {
    this.features = List.copyOf(features);
  }

  /**
   * The features that look at a property of events of whatever type: those over a series of it, or
   * over one whose condition names it anywhere, in a text as well.
   */
  public Set<String> ofProperty(String property) {
    Pattern name = Pattern.compile("(?<!\\w)" + Pattern.quote(property) + "(?!\\w)");
    Set<String> reading = new LinkedHashSet<>();
    for (FeatureDefinition feature : features) {
      if (feature instanceof Aggregated it
          && (reads(it.series(), property, name) || reads(it.parameters().of(), property, name))) {
        reading.add(feature.name());
      }
    }
    return reading;
  }

  /** These features, and all that are computed from any of them. */
  public Set<String> withComputed(Collection<String> names) {
    Set<String> reached = new LinkedHashSet<>(names);
    boolean isMore = true;
    while (isMore) {
      isMore = false;
      for (FeatureDefinition feature : features) {
        if (feature instanceof Computed it
            && it.expression().reads().stream().anyMatch(reached::contains)) {
          isMore |= reached.add(it.name());
        }
      }
    }
    return reached;
  }

  private static boolean reads(@Nullable SeriesDefinition series, String property, Pattern name) {
    return series != null
        && (property.equals(series.property())
            || (series.condition() != null && name.matcher(series.condition().canonical()).find()));
  }
}
