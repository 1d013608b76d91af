package dev.presage.retrain.app;

import dev.presage.retrain.schedule.Cadence;
import dev.presage.retrain.schedule.SchedulePolicy;
import dev.presage.schemas.settings.SettingsReader;
import java.time.Duration;

/**
 * When traits are trained without being asked; every key begins with {@code presage.schedule.}.
 *
 * @param enabled {@code enabled}: false, and only people have traits trained
 * @param check {@code check}: how often it is looked whether something is due
 * @param cadence {@code least}, {@code most}, {@code begin}: how long a trait goes without training
 * @param policy {@code moderate-drift}, {@code severe-drift}, {@code least-examples}, {@code
 *     growth}: what has it trained before its time
 * @param reviews {@code reviews}: shortest time between two looks at one shadow
 */
public record SchedulePlan(
    boolean enabled, Duration check, Cadence cadence, SchedulePolicy policy, Duration reviews) {
  private static final int MOST_EXAMPLES = 1_000_000_000;

  static SchedulePlan read(SettingsReader reader) {
    SchedulePolicy standard = SchedulePolicy.STANDARD;
    Duration shortest = Duration.ofSeconds(1);
    double moderate = reader.share("schedule.moderate-drift", standard.moderateDrift());
    double severe = reader.share("schedule.severe-drift", standard.severeDrift());
    if (moderate > severe) {
      reader.problem(
          "%s is %s, more than %s, which is %s; severe drift is the larger one"
              .formatted(
                  reader.named("schedule.moderate-drift"),
                  moderate,
                  reader.named("schedule.severe-drift"),
                  severe));
    }
    return new SchedulePlan(
        reader.bool("schedule.enabled", true),
        reader.duration("schedule.check", Duration.ofMinutes(1), shortest),
        cadence(reader, shortest),
        new SchedulePolicy(
            Math.min(moderate, severe),
            severe,
            reader.integer(
                "schedule.least-examples",
                Math.toIntExact(standard.leastExamples()),
                1,
                MOST_EXAMPLES),
            reader.share("schedule.growth", standard.growth())),
        reader.duration("schedule.reviews", Duration.ofHours(6), shortest));
  }

  private static Cadence cadence(SettingsReader reader, Duration shortest) {
    Duration least = reader.duration("schedule.least", Duration.ofDays(1), shortest);
    Duration most = reader.duration("schedule.most", Duration.ofDays(60), shortest);
    Duration begin = reader.duration("schedule.begin", Duration.ofDays(7), shortest);
    if (least.compareTo(begin) > 0 || begin.compareTo(most) > 0) {
      reader.problem(
          "%s is %s, %s is %s and %s is %s; expected the second between the first and the third"
              .formatted(
                  reader.named("schedule.least"),
                  least,
                  reader.named("schedule.begin"),
                  begin,
                  reader.named("schedule.most"),
                  most));
      return new Cadence(least, least, least);
    }
    return new Cadence(least, most, begin);
  }
}
