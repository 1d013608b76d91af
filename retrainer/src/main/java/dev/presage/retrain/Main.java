package dev.presage.retrain;

import dev.presage.features.InvalidDeclarationsException;
import dev.presage.retrain.app.RetrainerProcess;
import dev.presage.retrain.app.RetrainerSettings;
import dev.presage.schemas.settings.InvalidSettingsException;
import dev.presage.schemas.settings.SettingsReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the retrainer. Exit code 2: the configuration is wrong; 1: it could not start. */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int WRONG_CONFIGURATION = 2;
  private static final int FAILED = 1;

  private Main() {}

  /** Takes its settings from system properties, environment and a file; no arguments. */
  public static void main(String[] args) {
    try {
      RetrainerSettings settings =
          RetrainerSettings.read(
              SettingsReader.ofProcess("presage.", System.getProperties(), System.getenv()));
      RetrainerProcess process = RetrainerProcess.start(settings);
      Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
      log.info("Retrainer answers at {}", process.address());
      process.awaitClosed();
    } catch (InvalidSettingsException | InvalidDeclarationsException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_CONFIGURATION);
    } catch (InterruptedException | RuntimeException e) {
      log.error("The retrainer could not start", e);
      System.exit(FAILED);
    }
  }
}
