package dev.presage.scoring.http;

import dev.presage.scoring.runtime.DeclaredEntities;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.ScoringSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What Micronaut hands to the controllers. */
@Factory
final class Beans {

  @Singleton
  @Bean(preDestroy = "close")
  ScoringService scoringService(
      ScoringSettings settings, DeclaredEntities declarations, MeterRegistry meters) {
    return new ScoringService(settings, declarations, meters, InstantSource.system());
  }
}
