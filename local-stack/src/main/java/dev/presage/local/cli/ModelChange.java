package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.retrainer.Decisions;
import dev.presage.local.retrainer.ModelVersion;

/** Says what became of a model. */
final class ModelChange {

  private ModelChange() {}

  /** Prints it and returns the exit code. */
  static int report(Console console, Decisions decisions) {
    ModelVersion model = decisions.model();
    console.line("@|bold %s|@ %s of %s".formatted(model.stage(), model.version(), model.trait()));
    if (decisions.isSilent()) {
      console.error(
          "No instance of the streams application has said anything within %d s; is one running?"
              .formatted(Decisions.PATIENCE.toSeconds()));
      return ExitCode.UNREACHABLE;
    }
    int code = 0;
    for (ModelVersion.Decision decision : decisions.all()) {
      if (decision.isRefusal()) {
        console.error(decision.instance() + " refused it: " + decision.reason());
        code = ExitCode.FAILED;
      } else {
        console.raw(
            "%s scores with %s"
                .formatted(decision.instance(), decision.liveVersion().orElse("none")));
      }
    }
    return code;
  }
}
