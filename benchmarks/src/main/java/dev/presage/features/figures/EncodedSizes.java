package dev.presage.features.figures;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ShopProfile;
import dev.presage.features.ShopProfile.Detail;
import dev.presage.features.state.ProfileCodec;
import dev.presage.figures.Effort;
import dev.presage.figures.Figure;
import dev.presage.figures.FigureSource;
import dev.presage.figures.Measured;
import java.time.Duration;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** How many bytes profiles take when they are encoded right after their newest event. */
final class EncodedSizes implements FigureSource {
  private static final int PROFILES = 200;
  private static final int HUGE_PROFILES = 3;
  private static final int HUGE = 1_000_000;
  private static final int QUICK = 20;
  private static final String DOING = "the sizes of encoded profiles";

  @Override
  public Duration expected(Effort effort) {
    return Duration.ofSeconds(effort == Effort.FULL ? 15 : 1);
  }

  @Override
  public Map<Figure, Measured> measure(Effort effort, Progress progress) {
    boolean full = effort == Effort.FULL;
    int huge = full ? HUGE : HUGE / QUICK;
    Map<Figure, Measured> measured = new HashMap<>();
    progress.at(0, DOING);
    measured.put(
        FeatureFigures.ENCODED_SMALL,
        mean(PROFILES, seed -> new ShopProfile(20, 3, 90, Detail.REVENUE, seed)));
    progress.at(0.05, DOING);
    measured.put(
        FeatureFigures.ENCODED,
        mean(PROFILES, seed -> new ShopProfile(200, 5, 90, Detail.REVENUE, seed)));
    progress.at(0.1, DOING);
    measured.put(
        FeatureFigures.ENCODED_HUGE,
        mean(
            full ? HUGE_PROFILES : 1, seed -> new ShopProfile(huge, 5, 365, Detail.REVENUE, seed)));
    return measured;
  }

  private static Measured mean(int profiles, LongFunction<ShopProfile> profile) {
    FeatureEngine engine = new FeatureEngine(ShopProfile.declarations());
    ProfileCodec codec = new ProfileCodec(engine);
    LongSummaryStatistics sizes =
        LongStream.range(0, profiles)
            .map(seed -> codec.encode(profile.apply(seed).state(engine)).length)
            .summaryStatistics();
    return new Measured(
        sizes.getAverage(),
        "mean of %d profiles, %,d to %,d".formatted(profiles, sizes.getMin(), sizes.getMax()));
  }
}
