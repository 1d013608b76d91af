package dev.presage.scoring.http;

import dev.presage.features.state.StoredProfiles;
import dev.presage.scoring.EntityProfiles;
import dev.presage.scoring.entity.EntityType;
import dev.presage.scoring.http.ProfilesController.Problem;
import dev.presage.scoring.http.SegmentViews.MembersView;
import dev.presage.scoring.profile.MemberPage;
import dev.presage.scoring.profile.Profile;
import dev.presage.scoring.rules.NameId;
import dev.presage.scoring.rules.Segmentation;
import dev.presage.scoring.runtime.ScoringService;
import dev.presage.scoring.runtime.StoreUnavailableException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Segments and their members. */
@Controller("/v1/segments")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SegmentsController {
  private static final int MEMBERS = 100;
  private static final int MOST_MEMBERS = 1000;

  private final ScoringService service;

  SegmentsController(ScoringService service) {
    this.service = service;
  }

  /**
   * How many profiles are in each segment of a segmentation, over all instances.
   *
   * @param segmentation name of the segmentation
   */
  @Get("/{segmentation}")
  @Operation(
      summary = "The segments of a segmentation",
      description = "How many profiles are in each, over all instances")
  @ApiResponse(responseCode = "200", description = "The counts, as far as they are known")
  @ApiResponse(responseCode = "404", description = "No such segmentation")
  HttpResponse<?> segments(String segmentation) {
    Found found = find(segmentation);
    return found == null
        ? unknown(segmentation)
        : HttpResponse.ok(SegmentViews.of(found.segmentation(), service.population()));
  }

  /**
   * The members of a segment that are on the partitions of this instance, page by page.
   *
   * @param segmentation name of the segmentation
   * @param segment name of the segment
   * @param after {@code next} of the page before; the first page where it is not given
   * @param limit how many members a page has at most, 1 to 1,000; 100 where it is not given
   */
  @Get("/{segmentation}/{segment}/members")
  @Operation(
      summary = "Members of a segment",
      description =
          "A page of the members on the partitions of this instance, as of the last commit; ask every instance for all of them")
  @ApiResponse(responseCode = "200", description = "A page; it may be short although others follow")
  @ApiResponse(responseCode = "400", description = "The limit or the cursor is wrong")
  @ApiResponse(responseCode = "404", description = "No such segment")
  @ApiResponse(
      responseCode = "410",
      description = "The partition of the cursor has moved to another instance; begin anew")
  @ApiResponse(responseCode = "503", description = "A store cannot be read here now; try again")
  HttpResponse<?> members(
      String segmentation,
      String segment,
      @Nullable @QueryValue String after,
      @Nullable @QueryValue Integer limit) {
    int most = limit == null ? MEMBERS : limit;
    if (most < 1 || most > MOST_MEMBERS) {
      return HttpResponse.badRequest(
          new Problem("limit is %d; expected 1 to %d".formatted(most, MOST_MEMBERS)));
    }
    Found defined = find(segmentation);
    if (defined == null) {
      return unknown(segmentation);
    }
    Segmentation found = defined.segmentation();
    int segmentId = NameId.of(segment);
    if (!segment.equals(found.segmentName(segmentId))) {
      return HttpResponse.notFound(
          new Problem("Segmentation " + segmentation + " has no segment " + segment));
    }
    MemberPage.Place from = null;
    if (after != null) {
      from = MemberCursor.read(after);
      if (from == null) {
        return HttpResponse.badRequest(
            new Problem("after '" + after + "' is not the next of a page before"));
      }
    }
    SortedMap<Integer, StoredProfiles<Profile>> partitions = service.profiles(defined.type());
    if (from != null && !partitions.containsKey(from.partition())) {
      return HttpResponse.status(HttpStatus.GONE)
          .body(
              new Problem(
                  "Partition %d has moved to another instance; begin anew"
                      .formatted(from.partition())));
    }
    MemberPage page = MemberPage.read(partitions, found.id(), segmentId, from, most);
    return HttpResponse.ok(
        MembersView.of(
            segmentation, segment, page, partitions.keySet(), service.population().partitions()));
  }

  private static HttpResponse<Problem> unknown(String segmentation) {
    return HttpResponse.notFound(new Problem("There is no segmentation " + segmentation));
  }

  /** A segmentation, and whose. */
  private record Found(EntityType type, Segmentation segmentation) {}

  private @Nullable Found find(String name) {
    for (EntityProfiles entity : service.entities()) {
      for (Segmentation segmentation : entity.rules().current().segmentations()) {
        if (segmentation.name().equals(name)) {
          return new Found(entity.type(), segmentation);
        }
      }
    }
    return null;
  }

  @Error(exception = StoreUnavailableException.class)
  HttpResponse<Problem> onUnavailable(StoreUnavailableException e) {
    return HttpResponse.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header("Retry-After", "1")
        .body(new Problem(String.valueOf(e.getMessage())));
  }
}
