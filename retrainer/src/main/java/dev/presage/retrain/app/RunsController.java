package dev.presage.retrain.app;

import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.app.Views.RunView;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Training runs. */
@Controller("/v1/runs")
class RunsController {
  private final Retrainer retrainer;

  RunsController(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Get("/{id}")
  HttpResponse<?> one(String id) {
    return retrainer
        .run(id)
        .<HttpResponse<?>>map(it -> HttpResponse.ok(RunView.of(it)))
        .orElseGet(
            () ->
                HttpResponse.notFound(
                    new Problem(
                        "No run " + id + " is remembered; runs are forgotten at a restart", null)));
  }
}
