package dev.presage.retrain.app;

import dev.presage.retrain.app.DefinitionViews.Checked;
import dev.presage.retrain.app.DefinitionViews.DataView;
import dev.presage.retrain.app.DefinitionViews.Problems;
import dev.presage.retrain.app.DefinitionViews.Written;
import dev.presage.retrain.app.TraitDesk.WrongDefinitionException;
import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.app.Views.RunView;
import dev.presage.retrain.app.Views.TraitView;
import dev.presage.retrain.runs.RunStatus;
import dev.presage.retrain.traits.InvalidTraitException;
import dev.presage.schemas.avro.TraitDefinition;
import dev.presage.schemas.traits.TraitValues;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;

/** Definitions of traits: create, validate, change, put to rest, delete. */
@Controller("/v1/traits")
@ExecuteOn(TaskExecutors.BLOCKING)
class DefinitionsController {
  private final Retrainer retrainer;
  private final TraitDesk desk;

  DefinitionsController(Retrainer retrainer) {
    this.retrainer = retrainer;
    this.desk = retrainer.desk();
  }

  @Post
  @Consumes(MediaType.ALL)
  HttpResponse<?> create(
      @Body String body,
      @QueryValue(defaultValue = "false") boolean dryRun,
      @QueryValue(defaultValue = "true") boolean data) {
    List<TraitDefinition> read = desk.read(body);
    List<String> taken =
        read.stream()
            .map(TraitDefinition::getTrait)
            .filter(it -> retrainer.definition(it).isPresent())
            .toList();
    if (!taken.isEmpty() && !dryRun) {
      return HttpResponse.status(HttpStatus.CONFLICT)
          .body(
              new Problem(
                  "There is a trait %s already; change it with PUT /v1/traits/%s"
                      .formatted(String.join(", ", taken), taken.getFirst()),
                  retrainer.traits()));
    }
    return dryRun ? HttpResponse.ok(checked(read, data)) : HttpResponse.created(written(read));
  }

  @Put("/{trait}")
  @Consumes(MediaType.ALL)
  HttpResponse<?> put(
      String trait,
      @Body String body,
      @QueryValue(defaultValue = "false") boolean dryRun,
      @QueryValue(defaultValue = "true") boolean data) {
    List<TraitDefinition> read = desk.read(body);
    if (read.size() != 1 || !read.getFirst().getTrait().equals(trait)) {
      throw new WrongDefinitionException(
          List.of(
              "the request defines %s; expected %s alone, as the path says"
                  .formatted(
                      String.join(", ", read.stream().map(TraitDefinition::getTrait).toList()),
                      trait)));
    }
    if (dryRun) {
      return HttpResponse.ok(checked(read, data));
    }
    boolean isNew = retrainer.definition(trait).isEmpty();
    Written written = written(read);
    return isNew ? HttpResponse.created(written) : HttpResponse.ok(written);
  }

  @Get("/{trait}/data")
  HttpResponse<?> data(String trait) {
    return retrainer
        .definition(trait)
        .<HttpResponse<?>>map(it -> HttpResponse.ok(data(it)))
        .orElseGet(() -> unknown(trait));
  }

  @Post("/{trait}/pause")
  HttpResponse<?> pause(String trait) {
    return paused(trait, true);
  }

  @Post("/{trait}/resume")
  HttpResponse<?> resume(String trait) {
    return paused(trait, false);
  }

  @Delete("/{trait}")
  HttpResponse<?> delete(String trait) {
    if (retrainer.definition(trait).isEmpty()) {
      return unknown(trait);
    }
    Optional<RunStatus> open = retrainer.openRun(trait);
    if (open.isPresent()) {
      return HttpResponse.status(HttpStatus.CONFLICT).body(RunView.of(open.get()));
    }
    desk.delete(trait);
    return HttpResponse.noContent();
  }

  @Error
  HttpResponse<Problems> wrong(WrongDefinitionException e) {
    return HttpResponse.unprocessableEntity()
        .body(
            new Problems(
                "The definition is wrong, nothing was changed: " + e.getMessage(), e.problems()));
  }

  private HttpResponse<?> paused(String trait, boolean paused) {
    return desk.pause(trait, paused)
        .flatMap(it -> view(it.getTrait()))
        .<HttpResponse<?>>map(HttpResponse::ok)
        .orElseGet(() -> unknown(trait));
  }

  private Written written(List<TraitDefinition> read) {
    desk.publish(read);
    return new Written(read.stream().flatMap(it -> view(it.getTrait()).stream()).toList());
  }

  private Optional<TraitView> view(String trait) {
    return retrainer
        .definition(trait)
        .flatMap(it -> retrainer.status(trait).map(status -> TraitView.of(it, status)));
  }

  private Checked checked(List<TraitDefinition> read, boolean withData) {
    return new Checked(
        read.stream().map(TraitValues::of).toList(),
        withData ? read.stream().map(this::data).toList() : List.of());
  }

  private DataView data(TraitDefinition definition) {
    try {
      return DataView.of(desk.check(definition));
    } catch (InvalidTraitException e) {
      return DataView.untrainable(definition.getTrait(), String.join("; ", e.problems()));
    }
  }

  private HttpResponse<?> unknown(String trait) {
    return HttpResponse.notFound(Problem.unknownTrait(trait, retrainer.traits()));
  }
}
