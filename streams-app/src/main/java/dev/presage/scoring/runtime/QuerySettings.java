package dev.presage.scoring.runtime;

import dev.presage.schemas.settings.SettingsReader;
import java.time.Duration;

/**
 * How queries are answered that another instance has the answer to.
 *
 * @param standbyReads {@code http.standby-reads}: whether a standby replica answers where the
 *     instance that has the profile cannot
 * @param forwardTimeout {@code http.forward-timeout}: how long another instance may take
 */
record QuerySettings(boolean standbyReads, Duration forwardTimeout) {
  static QuerySettings read(SettingsReader reader) {
    return new QuerySettings(
        reader.bool("http.standby-reads", true),
        reader.duration("http.forward-timeout", Duration.ofSeconds(2), Duration.ofMillis(1)));
  }
}
