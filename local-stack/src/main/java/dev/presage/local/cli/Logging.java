package dev.presage.local.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** What the libraries log is noise to a person at a terminal, unless asked for. */
final class Logging {

  private Logging() {}

  static void show(boolean verbose) {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
        && verbose) {
      root.setLevel(Level.INFO);
    }
  }
}
