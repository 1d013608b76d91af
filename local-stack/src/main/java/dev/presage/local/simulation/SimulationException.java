package dev.presage.local.simulation;

/** The simulation did not come to its end. */
public final class SimulationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimulationException(String message) {
    super(message);
  }
}
