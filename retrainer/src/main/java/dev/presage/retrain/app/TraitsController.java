package dev.presage.retrain.app;

import dev.presage.retrain.app.Views.LiveQualityView;
import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.app.Views.RunView;
import dev.presage.retrain.app.Views.SnapshotQualityView;
import dev.presage.retrain.app.Views.TraitView;
import dev.presage.retrain.runs.RunUnderWayException;
import dev.presage.retrain.traits.InvalidTraitException;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.avro.TraitKind;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Traits: their states, their runs, what their scores were worth. */
@Controller("/v1/traits")
@ExecuteOn(TaskExecutors.BLOCKING)
class TraitsController {
  private final Retrainer retrainer;

  TraitsController(Retrainer retrainer) {
    this.retrainer = retrainer;
  }

  @Get
  List<TraitView> all(@Nullable @QueryValue String callSite) {
    return retrainer.traits().stream()
        .flatMap(trait -> view(trait).stream())
        .filter(
            it -> callSite == null || callSite.equals(it.definition().getOrDefault("callSite", "")))
        .toList();
  }

  @Get("/{trait}")
  HttpResponse<?> one(String trait) {
    return view(trait).<HttpResponse<?>>map(HttpResponse::ok).orElseGet(() -> unknown(trait));
  }

  private Optional<TraitView> view(String trait) {
    return retrainer
        .definition(trait)
        .flatMap(it -> retrainer.status(trait).map(status -> TraitView.of(it, status)));
  }

  @Post("/{trait}/runs")
  HttpResponse<?> train(String trait) {
    if (retrainer.definition(trait).filter(TraitDefinition::getPaused).isPresent()) {
      return HttpResponse.status(HttpStatus.CONFLICT)
          .body(
              new Problem(
                  "Trait %s is paused; resume it with POST /v1/traits/%s/resume"
                      .formatted(trait, trait),
                  null));
    }
    try {
      return retrainer
          .train(trait)
          .<HttpResponse<?>>map(it -> HttpResponse.accepted().body(RunView.of(it)))
          .orElseGet(() -> unknown(trait));
    } catch (RunUnderWayException e) {
      return HttpResponse.status(HttpStatus.CONFLICT).body(RunView.of(e.run()));
    }
  }

  /** The runs of a trait that are remembered, the newest first. */
  @Get("/{trait}/runs")
  HttpResponse<?> runs(String trait) {
    List<RunView> runs = retrainer.runs(trait).reversed().stream().map(RunView::of).toList();
    return runs.isEmpty() && retrainer.definition(trait).isEmpty()
        ? unknown(trait)
        : HttpResponse.ok(runs);
  }

  /** When a trait is trained again, and by what. */
  @Get("/{trait}/schedule")
  HttpResponse<?> schedule(String trait) {
    return retrainer
        .schedule(trait)
        .<HttpResponse<?>>map(HttpResponse::ok)
        .orElseGet(() -> unknown(trait));
  }

  @Get("/{trait}/live-quality")
  HttpResponse<?> liveQuality(
      String trait, @Nullable @QueryValue String from, @Nullable @QueryValue String until) {
    long fromMillis;
    long untilMillis;
    try {
      fromMillis = from == null ? Long.MIN_VALUE : Instant.parse(from).toEpochMilli();
      untilMillis = until == null ? Long.MAX_VALUE : Instant.parse(until).toEpochMilli();
    } catch (DateTimeParseException e) {
      return HttpResponse.badRequest(
          new Problem(
              "'%s' is not a time; write from and until like 2011-09-01T00:00:00Z"
                  .formatted(e.getParsedString()),
              null));
    }
    if (isAttribute(trait)) {
      return ofAttribute(trait);
    }
    try {
      return retrainer
          .liveQuality(trait, fromMillis, untilMillis)
          .<HttpResponse<?>>map(it -> HttpResponse.ok(LiveQualityView.of(it)))
          .orElseGet(() -> unknown(trait));
    } catch (InvalidTraitException e) {
      return HttpResponse.unprocessableEntity().body(new Problem(e.getMessage(), null));
    }
  }

  @Get("/{trait}/snapshot-quality")
  HttpResponse<?> snapshotQuality(String trait, @Nullable @QueryValue String from) {
    if (from == null) {
      return HttpResponse.badRequest(
          new Problem(
              "from is missing; it is the time of the first snapshot, like 2011-09-01T00:00:00Z",
              null));
    }
    if (retrainer.definition(trait).filter(it -> it.getKind() == TraitKind.VALUE).isPresent()) {
      return unmeasurable(
          "%s is a value; snapshots rank likelihoods, ask for /v1/traits/%s/live-quality"
              .formatted(trait, trait));
    }
    if (isAttribute(trait)) {
      return ofAttribute(trait);
    }
    try {
      return retrainer
          .snapshotQuality(trait, Instant.parse(from).toEpochMilli())
          .<HttpResponse<?>>map(it -> HttpResponse.ok(SnapshotQualityView.of(it)))
          .orElseGet(() -> unknown(trait));
    } catch (DateTimeParseException e) {
      return HttpResponse.badRequest(
          new Problem(
              "'%s' is not a time; write from like 2011-09-01T00:00:00Z"
                  .formatted(e.getParsedString()),
              null));
    } catch (InvalidTraitException e) {
      return HttpResponse.unprocessableEntity().body(new Problem(e.getMessage(), null));
    }
  }

  private boolean isAttribute(String trait) {
    return retrainer.definition(trait).filter(it -> it.getAttribute() != null).isPresent();
  }

  private static HttpResponse<?> ofAttribute(String trait) {
    return unmeasurable(
        "%s is an attribute: of those for whom it is predicted nobody knows it, so that what it is worth is told by the report of its last run alone"
            .formatted(trait));
  }

  private static HttpResponse<?> unmeasurable(String message) {
    return HttpResponse.unprocessableEntity().body(new Problem(message, null));
  }

  private HttpResponse<?> unknown(String trait) {
    return HttpResponse.notFound(Problem.unknownTrait(trait, retrainer.traits()));
  }
}
