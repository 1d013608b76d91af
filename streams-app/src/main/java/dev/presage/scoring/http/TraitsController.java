package dev.presage.scoring.http;

import dev.presage.schemas.avro.TraitKind;
import dev.presage.scoring.EntityProfiles;
import dev.presage.scoring.http.ProfilesController.Problem;
import dev.presage.scoring.population.Distribution;
import dev.presage.scoring.rules.ActiveTrait;
import dev.presage.scoring.runtime.ScoringService;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.jspecify.annotations.Nullable;

/** Traits over the whole population. */
@Controller("/v1/traits")
final class TraitsController {
  private final ScoringService service;

  TraitsController(ScoringService service) {
    this.service = service;
  }

  /**
   * How the values of a trait that were published last are distributed.
   *
   * @param trait name of the trait
   * @param buckets how many buckets the histogram has at most, 1 to 1,000; 50 where it is not given
   */
  @Get("/{trait}/distribution")
  @Operation(
      summary = "The distribution of a trait",
      description = "Quantiles and a histogram of the last published values of all profiles")
  @ApiResponse(responseCode = "200", description = "The distribution, as far as it is known")
  @ApiResponse(responseCode = "400", description = "The number of buckets is wrong")
  @ApiResponse(responseCode = "404", description = "No such trait, or one without an order")
  HttpResponse<?> distribution(String trait, @Nullable @QueryValue Integer buckets) {
    int most = buckets == null ? DistributionView.BUCKETS : buckets;
    if (most < 1 || most > Distribution.MOST_BUCKETS) {
      return HttpResponse.badRequest(
          new Problem(
              "buckets is %d; expected 1 to %d".formatted(most, Distribution.MOST_BUCKETS)));
    }
    ActiveTrait active = find(trait);
    if (active == null) {
      return HttpResponse.notFound(new Problem("There is no trait " + trait));
    }
    if (active.definition().getKind() == TraitKind.CLASS) {
      return HttpResponse.notFound(
          new Problem("Trait " + trait + " is a class; only numbers have a distribution"));
    }
    return HttpResponse.ok(DistributionView.of(trait, service.population(), most));
  }

  /**
   * What the models of a trait are worth.
   *
   * @param trait name of the trait
   */
  @Get("/{trait}/quality")
  @Operation(
      summary = "The quality of a trait's models",
      description =
          "Canaries and shadows beside the live model, and scores beside what really happened, as"
              + " measured last")
  @ApiResponse(responseCode = "200", description = "The figures, as far as they are known")
  @ApiResponse(responseCode = "404", description = "No such trait")
  HttpResponse<?> quality(String trait) {
    boolean isThere =
        service.entities().stream()
            .flatMap(it -> it.rules().current().traits().stream())
            .anyMatch(it -> it.name().equals(trait));
    return isThere
        ? HttpResponse.ok(QualityView.of(trait, service.quality(trait)))
        : HttpResponse.notFound(new Problem("There is no trait " + trait));
  }

  private @Nullable ActiveTrait find(String trait) {
    for (EntityProfiles entity : service.entities()) {
      for (ActiveTrait active : entity.rules().current().traits()) {
        if (active.name().equals(trait)) {
          return active;
        }
      }
    }
    return null;
  }
}
