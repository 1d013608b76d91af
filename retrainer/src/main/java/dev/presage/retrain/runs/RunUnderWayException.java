package dev.presage.retrain.runs;

/** The trait has a run that is not over. */
public final class RunUnderWayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RunStatus run;

  RunUnderWayException(RunStatus run) {
    super("Run %s of trait %s is under way: %s".formatted(run.id(), run.trait(), run.state()));
    this.run = run;
  }

  /** The run that is under way. */
  public RunStatus run() {
    return run;
  }
}
