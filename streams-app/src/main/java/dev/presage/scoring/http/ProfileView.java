package dev.presage.scoring.http;

import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile as it is answered.
 *
 * @param id canonical ID
 * @param lineage where the profile comes from
 * @param asOf event time at which the features hold: that of the newest event that the profile has
 *     seen, or of the last rung of silence after it
 * @param features values by name, in the order of the vector; null is missing
 * @param traits what was last published of it
 * @param segments the segments that it is in
 * @param standby whether a standby replica answered, as the instance that has the profile cannot be
 *     reached; what came last may be missing
 * @param standbyLag how many records of its partition the replica had not applied up to a second
 *     ago; null where none answered
 */
@Serdeable
record ProfileView(
    String id,
    LineageView lineage,
    Instant asOf,
    Map<String, @Nullable Double> features,
    List<TraitView> traits,
    List<SegmentView> segments,
    boolean standby,
    @Nullable Long standbyLag) {

  /**
   * Where a profile comes from.
   *
   * @param since the earliest time of anything that happened to it
   * @param members the IDs that it has absorbed, in that order
   */
  @Serdeable
  record LineageView(@Nullable Instant since, List<String> members) {}

  /**
   * A trait: a prediction by a model, not an attribute that somebody declared.
   *
   * @param trait name of the trait
   * @param value its value
   * @param revision revision number of the update that published it
   * @param modelVersion the model version that scored it; null where that one is not live any more
   * @param asOf event time at which it holds
   * @param reasons the features that contribute most to it as they are now, strongest first, as
   *     many as its definition asks for
   * @param usageNote what to know before acting on it
   */
  @Serdeable
  record TraitView(
      String trait,
      double value,
      long revision,
      @Nullable String modelVersion,
      Instant asOf,
      List<ReasonView> reasons,
      String usageNote) {}

  /**
   * What a feature contributes to a trait's value.
   *
   * @param feature name of the feature
   * @param value its value; null is missing
   * @param contribution what it adds to the margin
   */
  @Serdeable
  record ReasonView(String feature, @Nullable Double value, double contribution) {}

  /**
   * A segment.
   *
   * @param segmentation name of the segmentation
   * @param segment name of the segment that the profile is in
   * @param since event time at which it entered
   */
  @Serdeable
  record SegmentView(String segmentation, @Nullable String segment, Instant since) {}
}
