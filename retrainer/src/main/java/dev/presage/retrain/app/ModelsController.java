package dev.presage.retrain.app;

import dev.presage.retrain.app.ModelViews.ModelView;
import dev.presage.retrain.app.ModelViews.Move;
import dev.presage.retrain.app.ModelViews.Rollback;
import dev.presage.retrain.app.Views.Problem;
import dev.presage.retrain.registry.InvalidImportException;
import dev.presage.retrain.registry.ModelImport.Wanted;
import dev.presage.retrain.registry.ModelRegistry;
import dev.presage.retrain.registry.RegisteredModel;
import dev.presage.retrain.registry.UnknownModelException;
import dev.presage.schemas.avro.ModelKind;
import dev.presage.schemas.avro.ModelStage;
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
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
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

/** Models: which versions there are, bringing one in, changing what one is used for. */
@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
class ModelsController {
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_NAME = 200;

  private final Retrainer retrainer;
  private final ModelRegistry registry;

  ModelsController(Retrainer retrainer) {
    this.retrainer = retrainer;
    this.registry = retrainer.registeredModels();
  }

  @Get
  List<ModelView> all(@Nullable @QueryValue String trait) {
    return registry.models().stream()
        .filter(it -> trait == null || it.trait().equals(trait))
        .map(this::view)
        .toList();
  }

  @Get("/{trait}/{version}")
  ModelView one(String trait, String version) {
    return view(registry.model(trait, version));
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
    return HttpResponse.notFound(new Problem(e.getMessage(), null));
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
        .body(new Problem(message, null));
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
    return ModelView.of(model, registry);
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
