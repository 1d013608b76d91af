package dev.presage.scoring.http;

import dev.presage.features.FeatureEngine;
import dev.presage.features.identity.Identity;
import dev.presage.schemas.avro.Reason;
import dev.presage.scoring.http.ProfileView.LineageView;
import dev.presage.scoring.http.ProfileView.ReasonView;
import dev.presage.scoring.http.ProfileView.SegmentView;
import dev.presage.scoring.http.ProfileView.TraitView;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.profile.PublishedSegment;
import dev.presage.scoring.profile.PublishedTrait;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.rules.ScoringRules;
import dev.presage.scoring.rules.Segmentation;
import dev.presage.scoring.rules.TraitModel;
import dev.presage.scoring.runtime.CanonicalProfile;
import dev.presage.scoring.runtime.FoundProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes answers of profiles, with the names that the current rules give to what they hold. */
final class ProfileViews {
  private ProfileViews() {}

  static ProfileView of(CanonicalProfile canonical, FeatureEngine engine, ScoringRules rules) {
    FoundProfile found = canonical.found();
    Profile profile = found.profile();
    long asOfMillis = profile.asOfMillis();
    List<String> names = engine.schema().names();
    double[] vector = new double[names.size()];
    engine.vector(profile.features(), asOfMillis, vector);
    return new ProfileView(
        canonical.id(),
        lineage(profile),
        Instant.ofEpochMilli(asOfMillis),
        features(names, vector),
        traits(profile, rules, vector),
        segments(profile, rules),
        found.isStandby(),
        found.standbyLag());
  }

  private static LineageView lineage(Profile profile) {
    return profile.identity() instanceof Identity.Own own && own.bornAtMillis() != Identity.UNBORN
        ? new LineageView(Instant.ofEpochMilli(own.bornAtMillis()), own.members())
        : new LineageView(null, List.of());
  }

  private static Map<String, @Nullable Double> features(List<String> names, double[] vector) {
    Map<String, @Nullable Double> features = new LinkedHashMap<>();
    for (int i = 0; i < vector.length; i++) {
      features.put(names.get(i), orNull(vector[i]));
    }
    return features;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static List<TraitView> traits(Profile profile, ScoringRules rules, double[] vector) {
    List<TraitView> traits = new ArrayList<>();
    for (PublishedTrait published : profile.traits()) {
      for (ActiveTrait trait : rules.traits()) {
        if (trait.id() == published.traitId()) {
          TraitModel model = trait.models().find(published.modelId());
          traits.add(
              new TraitView(
                  trait.name(),
                  published.value(),
                  published.revision(),
                  model == null ? null : model.version(),
                  Instant.ofEpochMilli(published.asOfMillis()),
                  model == null ? List.of() : reasons(model, vector, published.value()),
                  trait.definition().getUsageNote()));
        }
      }
    }
    return traits;
  }

  private static List<ReasonView> reasons(TraitModel model, double[] vector, double value) {
    List<ReasonView> reasons = new ArrayList<>();
    for (Reason reason : model.reasons(vector, value)) {
      reasons.add(
          new ReasonView(reason.getFeature(), orNull(reason.getValue()), reason.getContribution()));
    }
    return reasons;
  }

  private static List<SegmentView> segments(Profile profile, ScoringRules rules) {
    List<SegmentView> segments = new ArrayList<>();
    for (PublishedSegment published : profile.segments()) {
      for (Segmentation segmentation : rules.segmentations()) {
        if (segmentation.id() == published.segmentationId()) {
          segments.add(
              new SegmentView(
                  segmentation.name(),
                  segmentation.segmentName(published.segmentId()),
                  Instant.ofEpochMilli(published.sinceMillis())));
        }
      }
    }
    return segments;
  }
}
