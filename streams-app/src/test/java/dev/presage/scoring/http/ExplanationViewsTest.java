package dev.presage.scoring.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.FeatureDeclarations;
import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.state.ProfileCodec;
import dev.presage.schemas.avro.Event;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationViewsTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final String YAML =
      """
      series:
        revenue: {event: order, property: revenue}
        visits: {event: visit}
      features:
        mean_30d: {aggregate: mean, series: revenue, window: 30d}
        orders_30d: {aggregate: count, series: revenue, window: 30d}
        visits_30d: {aggregate: count, series: visits, window: 30d}
        visits_ever: {aggregate: count, series: visits, window: lifetime}
        twice: {expression: 2 * mean_30d}
      """;

  private final FeatureEngine engine = engine(YAML);

  @Test
  void shouldWriteMissingValuesAsNull() throws IOException {
    ProfileState state = engine.newState();
    engine.apply(state, event("visit", 0));

    String json = json(engine, state, null);

    assertThat(json)
        .contains("\"id\":\"u\",\"asOf\":\"2026-01-01T00:00:00Z\"")
        .contains("\"name\":\"mean_30d\",\"value\":null,\"exact\":true,\"error\":\"exact\"")
        .contains("\"reads\":{\"mean_30d\":null}")
        .contains("\"newest\":[{\"time\":\"2026-01-01T00:00:00Z\",\"value\":null}]")
        .contains("\"tiles\":[]");
  }

  @Test
  void shouldAnswerAsOfATimeWithTilesAndBound() throws IOException {
    ProfileState state = engine.newState();
    for (int i = 0; i < 5_000; i++) {
      engine.apply(state, event("order", i));
    }

    String json = json(engine, state, T.plusSeconds(4_999 * 900));

    assertThat(json)
        .contains("\"asOf\":\"2026-02-22T01:45:00Z\"", "\"newestEvent\":\"2026-02-22T01:45:00Z\"")
        .contains("\"kind\":\"BOUNDED\",\"tailOffMillis\":")
        .contains("\"tiles\":[{\"start\":\"")
        .contains("\"tailCut\":{\"tile\":{\"start\":\"")
        .contains("\"headCut\":null", "\"relativeStandardError\":null")
        .contains("\"error\":\"that of mean_30d\"", "\"inexact\":[\"mean_30d\"]");
  }

  @Test
  void shouldSaySinceWhenANewSeriesIsTracked() throws IOException {
    FeatureEngine before = engine(YAML.replaceAll("(?m)^.*visit.*\n", ""));
    ProfileState state = before.newState();
    before.apply(state, event("order", 0));
    ProfileState kept = new ProfileCodec(engine).decode(new ProfileCodec(before).encode(state));

    assertThat(json(engine, kept, null))
        .contains(
            "\"collecting\":[{\"series\":\"visits\",\"since\":\"2026-01-01T00:00:00Z\",\"completeFrom\":\"2026-01-31T00:00:00Z\"")
        .contains("\"completeFrom\":null,\"message\":\"series 'visits' is tracked since");
  }

  private static String json(FeatureEngine engine, ProfileState state, @Nullable Instant asOf)
      throws IOException {
    return ObjectMapper.getDefault()
        .writeValueAsString(ExplanationViews.of("u", state, null, engine, asOf));
  }

  private static Event event(String type, int number) {
    return new Event(
        "e-" + number, type, T.plusSeconds(900L * number), "u", null, Map.of("revenue", 2.0));
  }

  private static FeatureEngine engine(String yaml) {
    return new FeatureEngine(FeatureDeclarations.parse(yaml, "test"));
  }
}
