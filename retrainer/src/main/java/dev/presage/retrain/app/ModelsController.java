package dev.presage.retrain.app;

import dev.presage.retrain.app.ModelViews.ModelView;
import dev.presage.retrain.app.ModelViews.Move;
import dev.presage.retrain.app.ModelViews.Rollback;
import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.registry.Dossier;
import dev.presage.retrain.registry.InvalidImportException;
import dev.presage.retrain.registry.ModelDiff;
import dev.presage.retrain.registry.ModelImport.Wanted;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.registry.UnknownModelException;
import dev.presage.retrain.report.HtmlRegistry;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.SerdeImport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Models: which versions there are, what differs between them, bringing one in, changing what one
 * is used for.
 */
@SerdeImport(ModelDiff.class)
@SerdeImport(ModelDiff.Change.class)
@SerdeImport(ModelDiff.Figure.class)
@SerdeImport(ModelDiff.FigureChange.class)
@SerdeImport(ModelDiff.FeatureUse.class)
@SerdeImport(ModelDiff.FeatureChange.class)
@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
class ModelsController {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_NAME = 200;
  private static final String DIFF = "diff";

  private final Retrainer retrainer;
  private final ModelRegistry registry;
  private final HtmlRegistry pages = new HtmlRegistry();

  ModelsController(Retrainer retrainer) {
    this.retrainer = retrainer;
    this.registry = retrainer.registeredModels();
  }

  /** As a page where the client would rather have that than JSON, as browsers do. */
  @Get
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<?> all(@Nullable @QueryValue String trait, HttpRequest<?> request) {
    List<Dossier> versions = dossiers(trait);
    return Accepted.isPage(request)
        ? page(pages.list(versions))
        : json(versions.stream().map(ModelView::of).toList());
  }

  @Get("/{trait}/{version}")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<?> one(String trait, String version, HttpRequest<?> request) {
    Dossier dossier = retrainer.dossier(registry.model(trait, version));
    return Accepted.isPage(request)
        ? page(pages.version(dossier, dossiers(trait)))
        : json(ModelView.of(dossier));
  }

  /** What differs between two versions. */
  @Get("/{trait}/" + DIFF)
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
  HttpResponse<?> diff(
      String trait,
      @Nullable @QueryValue String from,
      @Nullable @QueryValue String to,
      HttpRequest<?> request) {
    if (from == null || to == null) {
      throw new InvalidChoiceException(
          "from and to must be versions of %s, as in /v1/models/%s/diff?from=V&to=W"
              .formatted(shortened(trait), shortened(trait)),
          null);
    }
    ModelDiff diff =
        ModelDiff.of(
            retrainer.dossier(registry.model(trait, from)),
            retrainer.dossier(registry.model(trait, to)));
    return Accepted.isPage(request) ? page(pages.diff(diff)) : json(diff);
  }

  /**
   * Brings a model in.
   *
   * @param model the file as its library saved it
   * @param golden golden rows as CSV
   * @param kind where the file cannot tell
   * @param range iterations of the model that count, {@code from:until}
   */
  @Post("/{trait}")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  HttpResponse<?> bringIn(
      String trait,
      @Part CompletedFileUpload model,
      @Part CompletedFileUpload golden,
      @Part String approvedBy,
      @Nullable @Part String kind,
      @Nullable @Part String version,
      @Nullable @Part String stage,
      @Nullable @Part String canaryShare,
      @Nullable @Part String range)
      throws IOException {
    if (!retrainer.traits().contains(trait)) {
      throw new UnknownModelException(
          "There is no trait %s; there are %s"
              .formatted(trait, String.join(", ", retrainer.traits())));
    }
    if (DIFF.equals(version)) {
      return invalid("no version can be called diff, as that is where versions are compared");
    }
    if (version != null && !VERSION.matcher(version).matches()) {
      return invalid(
          "a version is up to 100 letters, digits, dots, hyphens and underscores, here is '%s'"
              .formatted(version));
    }
    RegisteredModel published =
        retrainer
            .modelImport()
            .publish(
                new Wanted(
                    trait,
                    shortened(model.getFilename()),
                    ByteBuffer.wrap(model.getBytes()),
                    kind == null ? null : choice(ModelKind.class, "kind", kind),
                    new String(golden.getBytes(), StandardCharsets.UTF_8),
                    version,
                    stage == null ? ModelStage.LIVE : choice(ModelStage.class, "stage", stage),
                    canaryShare == null ? null : share(canaryShare),
                    shortened(approvedBy),
                    range == null ? Map.of() : Map.of("predict.iteration_range", range)));
    return HttpResponse.accepted().body(view(published));
  }

  @Post("/{trait}/{version}/stage")
  HttpResponse<?> move(String trait, String version, @Body Move move) {
    ModelStage stage = choice(ModelStage.class, "stage", move.stage());
    return HttpResponse.accepted()
        .body(
            view(
                registry.move(
                    trait,
                    version,
                    stage,
                    share(move.canaryShare()),
                    shortened(move.approvedBy()))));
  }

  @Post("/{trait}/rollback")
  HttpResponse<?> rollBack(String trait, @Body Rollback rollback) {
    return HttpResponse.accepted()
        .body(view(registry.rollBack(trait, shortened(rollback.approvedBy()))));
  }

  @Error
  HttpResponse<Problem> unknown(UnknownModelException e) {
    return HttpResponse.notFound(new Problem(e.getMessage(), null))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  @Error
  HttpResponse<Problem> invalid(InvalidImportException e) {
    return invalid(String.valueOf(e.getMessage()));
  }

  @Error
  HttpResponse<Problem> invalid(InvalidChoiceException e) {
    return invalid(String.valueOf(e.getMessage()));
  }

  private static HttpResponse<Problem> invalid(String message) {
    return HttpResponse.<Problem>status(HttpStatus.UNPROCESSABLE_ENTITY)
        .body(new Problem(message, null))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private static HttpResponse<?> page(String html) {
    return HttpResponse.ok(html).contentType(MediaType.TEXT_HTML_TYPE);
  }

  private static HttpResponse<?> json(Object body) {
    return HttpResponse.ok(body).contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  /** Those that were published last at the end. */
  private List<Dossier> dossiers(@Nullable String trait) {
    return registry.models().stream()
        .filter(it -> trait == null || it.trait().equals(trait))
        .map(retrainer::dossier)
        .toList();
  }

  private static double share(String text) {
    try {
      return Objects.requireNonNull(share(Double.valueOf(text)));
    } catch (NumberFormatException e) {
      throw new InvalidChoiceException(
          "canaryShare must be a number from 0 to 1, here is " + shortened(text), e);
    }
  }

  private static @Nullable Double share(@Nullable Double share) {
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new InvalidChoiceException(
          "canaryShare must be a number from 0 to 1, here is " + share, null);
    }
    return share;
  }

  private ModelView view(RegisteredModel model) {
    return ModelView.of(retrainer.dossier(model));
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_NAME ? text.substring(0, LONGEST_NAME) : text;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String what, String text) {
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new InvalidChoiceException(
          "there is no %s %s; there are %s"
              .formatted(what, shortened(text), Arrays.toString(type.getEnumConstants())),
          e);
    }
  }

  /** A name that stands for nothing. */
  static final class InvalidChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidChoiceException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
