package dev.presage.retrain.app;

import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.app.Views.RunView;
import dev.presage.retrain.report.HtmlReport;
import dev.presage.retrain.report.RunReport;
import dev.presage.retrain.runs.RunBook;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.SerdeImport;

/** Training runs. */
@SerdeImport(RunReport.class)
@SerdeImport(RunReport.Findings.class)
@SerdeImport(RunReport.Data.class)
@SerdeImport(RunReport.PredictorFigures.class)
@SerdeImport(RunReport.Figure.class)
@SerdeImport(RunReport.Decile.class)
@SerdeImport(RunReport.CurvePoints.class)
@SerdeImport(RunReport.GoalThreshold.class)
@SerdeImport(RunReport.Bin.class)
@SerdeImport(RunReport.NamedNumber.class)
@SerdeImport(RunReport.ScoreSpan.class)
@Controller("/v1/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
class RunsController {
  private final Retrainer retrainer;
  private final HtmlReport page = new HtmlReport();

  RunsController(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Get("/{id}")
  HttpResponse<?> one(String id) {
    return retrainer
        .run(id)
        .<HttpResponse<?>>map(
            it ->
                HttpResponse.ok(
                    RunView.of(it, retrainer.mlflow().flatMap(copies -> copies.state(id)))))
        .orElseGet(() -> unknown(id));
  }

  /** Ends a run that waits or is under way; what is over stays as it is. */
  @Delete("/{id}")
  HttpResponse<?> cancel(String id) {
    return retrainer
        .cancel(id)
        .<HttpResponse<?>>map(it -> HttpResponse.accepted().body(RunView.of(it)))
        .orElseGet(() -> unknown(id));
  }

  /** As a page where the client would rather have that than JSON, as browsers do. */
  @Get("/{id}/report")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<?> report(String id, HttpRequest<?> request) {
    return retrainer
        .run(id)
        .map(retrainer::report)
        .<HttpResponse<?>>map(
            it ->
                Accepted.isPage(request)
                    ? HttpResponse.ok(page.render(it)).contentType(MediaType.TEXT_HTML_TYPE)
                    : HttpResponse.ok(it).contentType(MediaType.APPLICATION_JSON_TYPE))
        .orElseGet(() -> unknown(id));
  }

  private static HttpResponse<?> unknown(String id) {
    return HttpResponse.notFound(
            new Problem(
                "No run %s is remembered; the last %d of a trait are"
                    .formatted(id, RunBook.REMEMBERED_OF_A_TRAIT),
                null))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
