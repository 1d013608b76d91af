package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.SettingsReader;
import java.time.Duration;

/**
 * How what models are worth is measured.
 *
 * @param interval {@code quality.interval}: how often
 * @param window {@code quality.window}: the last training examples, by as-of time, that figures are
 *     of
 * @param examples {@code quality.examples}: how many of a version are kept at most; 0 for none, and
 *     the topic is not read
 */
record QualitySettings(Duration interval, Duration window, int examples) {
  static QualitySettings read(SettingsReader reader) {
    return new QualitySettings(
        reader.duration("quality.interval", Duration.ofMinutes(1), Duration.ofMillis(100)),
        reader.duration("quality.window", Duration.ofDays(30), Duration.ofMinutes(1)),
        reader.integer("quality.examples", 10_000, 0, 1_000_000));
  }
}
