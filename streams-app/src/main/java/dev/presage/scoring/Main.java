package dev.presage.scoring;

import dev.presage.features.InvalidDeclarationsException;
import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.schemas.settings.SettingsReader;
import dev.presage.scoring.runtime.DeclaredEntities;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.ScoringSettings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.Micronaut;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the streams application until it is told to stop. */
public final class Main {
  /** The application ended by itself, or could not start. */
  static final int FAILED = 1;

  /** Settings or declarations are wrong. */
  static final int MISCONFIGURED = 2;

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /**
   * Exit codes: 1 after a failure, 2 where settings or declarations are wrong; ended by a signal,
   * the signal's own.
   */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int run(String[] args) {
    try {
      ScoringSettings settings =
          ScoringSettings.read(
              SettingsReader.ofProcess("presage.", System.getProperties(), System.getenv()));
      return serve(args, settings, DeclaredEntities.read(settings));
    } catch (IOException e) {
      log.error("The declared features cannot be read", e);
      return MISCONFIGURED;
    } catch (InvalidSettingsException | InvalidDeclarationsException e) {
      log.error("{}", e.getMessage());
      return MISCONFIGURED;
    }
  }

  private static int serve(String[] args, ScoringSettings settings, DeclaredEntities declarations) {
    ApplicationContext context =
        Micronaut.build(args)
            .mainClass(Main.class)
            .banner(false)
            .properties(
                Map.of(
                    "micronaut.server.host",
                    settings.httpHost(),
                    "micronaut.server.port",
                    settings.httpPort()))
            .singletons(settings, declarations)
            .start();
    try (context) {
      ScoringService service = context.getBean(ScoringService.class);
      service.start();
      service.ended().join();
      return 0;
    } catch (CompletionException e) {
      log.error("The application ends because a part of it did", e);
      return FAILED;
    } catch (RuntimeException e) {
      log.error("The application cannot start", e);
      return FAILED;
    }
  }
}
