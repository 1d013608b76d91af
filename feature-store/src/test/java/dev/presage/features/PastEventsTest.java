package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presage.features.expression.Expression;
import dev.presage.features.expression.InvalidExpressionException;
import dev.presage.features.expression.Scope;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.PastEvent;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PastEventsTest {
  private static final FeatureEngine ENGINE =
      new FeatureEngine(
          FeatureDeclarations.parse(
              """
              series:
                orders: {event: order}
                large_orders: {event: order, where: properties.revenue > 50.0}
                revenue: {event: order, property: revenue}
                visits: {event: visit}
                sunday_visits: {event: visit, weekdays: sunday}
                everything: {event: "*"}
              features:
                orders_7d: {aggregate: count, series: orders, window: 7d}
                orders_ever: {aggregate: count, series: orders, window: lifetime}
                large_30d: {aggregate: count, series: large_orders, window: 30d}
                revenue_90d: {aggregate: sum, series: revenue, window: 90d}
                revenues_90d: {aggregate: count, series: revenue, window: 90d}
                since_visit: {aggregate: time_since_last, series: visits, window: lifetime}
                since_third_visit: {aggregate: time_since_last, series: visits, window: 60d, k: 3}
                sunday_visits_20d: {aggregate: count, series: sunday_visits, window: 20d}
                since_anything: {aggregate: time_since_last, series: everything, window: 30d}
              """,
              "test"));
  private static final long DAY = Events.DAY;
  private static final String LARGE = "properties.revenue > 50.0";

  private static final List<PastEvent> TOLD =
      List.of(
          new PastEvent("order", "true", 7 * DAY, 1),
          new PastEvent("order", "true", 7 * DAY, 3),
          new PastEvent("order", "true", null, 2),
          new PastEvent("order", LARGE, 30 * DAY, 1),
          new PastEvent("visit", "true", null, 1),
          new PastEvent("visit", "true", 1L, 1),
          new PastEvent("visit", "true", DAY / 24, 1),
          new PastEvent("visit", "true", 41 * DAY, 1),
          new PastEvent("visit", "true", 60 * DAY, 3),
          new PastEvent("visit", "true", 10 * DAY, 3),
          new PastEvent("*", "true", 29 * DAY, 1));

  private static final List<Expression> DONE =
      TOLD.stream().map(it -> eligible(List.of(it), List.of())).toList();
  private static final List<Expression> NOT_DONE =
      TOLD.stream().map(it -> eligible(List.of(), List.of(it))).toList();

  @Test
  void shouldSayByWhichFeatureItIsKnown() {
    PastEvents past = ENGINE.pastEvents();

    assertThat(past.condition(new PastEvent("order", "true", 7 * DAY, 2)))
        .hasValue("orders_7d >= 2");
    assertThat(past.condition(new PastEvent("order", "true", null, 1)))
        .hasValue("orders_ever >= 1");
    assertThat(past.condition(new PastEvent("order", "properties.revenue>50.0", 30 * DAY, 1)))
        .hasValue("large_30d >= 1");
    assertThat(past.condition(new PastEvent("visit", "true", 12 * DAY, 1)))
        .hasValue("since_visit < 12.0");
    assertThat(past.condition(new PastEvent("visit", "true", null, 1)))
        .hasValue("has(since_visit)");
    assertThat(past.condition(new PastEvent("visit", "true", 12 * DAY, 3)))
        .hasValue("since_third_visit < 12.0");
  }

  @Test
  void shouldSayWhereNothingTells() {
    PastEvents past = ENGINE.pastEvents();

    assertThat(past.condition(new PastEvent("order", "true", 8 * DAY, 1))).isEmpty();
    assertThat(past.condition(new PastEvent("order", LARGE, null, 1))).isEmpty();
    assertThat(past.condition(new PastEvent("order", "true", 90 * DAY, 1)))
        .as("an order without a revenue is not in that series")
        .isEmpty();
    assertThat(past.condition(new PastEvent("visit", "true", 61 * DAY, 3))).isEmpty();
    assertThat(past.condition(new PastEvent("visit", "true", 20 * DAY, 2))).isEmpty();
    assertThat(past.condition(new PastEvent("*", "true", 31 * DAY, 1))).isEmpty();
    assertThat(PastEvents.NONE.condition(new PastEvent("visit", "true", null, 1))).isEmpty();
    assertThatThrownBy(() -> past.condition(new PastEvent("visit", "properties.", null, 1)))
        .isInstanceOf(InvalidExpressionException.class);
  }

  /** Up to 64 events, where windows are exact. */
  @Property
  void shouldAgreeWithASearchThroughTheHistory(@ForAll long seed) {
    Random random = new Random(seed);
    List<Event> history = new ArrayList<>();
    ProfileState state = ENGINE.newState();
    long time = 20_000 * DAY;
    for (int i = 0; i < random.nextInt(60); i++) {
      time += random.nextInt(3) == 0 ? random.nextInt(3) : random.nextLong(4 * DAY);
      Map<String, Object> properties =
          random.nextBoolean() ? Map.of() : Map.of("revenue", (double) random.nextInt(100));
      String type = List.of("order", "visit", "other").get(random.nextInt(3));
      history.add(Events.event("e-" + i, type, time, properties));
      ENGINE.apply(state, history.getLast());
    }
    long asOf = time + (random.nextBoolean() ? 0 : random.nextLong(50 * DAY));
    double[] vector = new double[ENGINE.schema().size()];
    ENGINE.vector(state, asOf, vector);

    for (int i = 0; i < TOLD.size(); i++) {
      PastEvent event = TOLD.get(i);
      long count =
          history.stream()
              .filter(
                  it ->
                      event.getEventType().equals("*") || event.getEventType().equals(it.getType()))
              .filter(it -> event.getCondition().equals("true") || isLarge(it))
              .filter(
                  it ->
                      event.getWithinMillis() == null
                          || Events.time(it) > asOf - event.getWithinMillis())
              .count();
      boolean expected = count >= event.getAtLeast();
      assertThat(DONE.get(i).test(vector)).as("%s", event).isEqualTo(expected);
      assertThat(NOT_DONE.get(i).test(vector)).as("not %s", event).isEqualTo(!expected);
    }
  }

  @Test
  void shouldCompileEverythingThatMakesAProfileEligible() {
    Expression eligible =
        compile(
            definition(List.of(TOLD.getFirst()), List.of())
                .setEligibility("orders_ever >= 1 || large_30d >= 1")
                .setCategory("revenue_90d > 10")
                .build(),
            new ArrayList<>());

    assertThat(eligible)
        .hasToString(
            "(orders_ever >= 1 || large_30d >= 1) && (revenue_90d > 10) && (orders_7d >= 1)");
    assertThat(
            compile(
                definition(List.of(), List.of()).setEligibility(" true").build(),
                new ArrayList<>()))
        .hasToString(" true");
  }

  @Test
  void shouldNameEveryProblem() {
    List<String> problems = new ArrayList<>();

    Expression eligible =
        compile(
            definition(
                    List.of(
                        new PastEvent("order", "true", 8 * DAY, 1),
                        new PastEvent("order", "properties.", null, 1)),
                    List.of(
                        new PastEvent("return", LARGE, null, 2),
                        new PastEvent("order", "true", 0L, 0)))
                .setEligibility("order_ever >= 1")
                .setCategory("revenue_90d")
                .build(),
            problems);

    assertThat(eligible).isNull();
    assertThat(problems).hasSize(6);
    assertThat(problems.get(0)).startsWith("eligibility: ").contains("order_ever");
    assertThat(problems.get(1)).startsWith("category: ");
    assertThat(problems.get(2))
        .isEqualTo(
            "done: no declared feature tells whether order happened at least 1 times in the last"
                + " 8d; declare a feature {aggregate: count, window: 8d} over a series of it");
    assertThat(problems.get(3)).startsWith("done: the condition of order: ");
    assertThat(problems.get(4))
        .startsWith(
            "notDone: no declared feature tells whether return where properties.revenue > 50.0"
                + " happened at least 2 times ever");
    assertThat(problems.get(5)).startsWith("notDone: atLeast is 0 and withinMillis 0");
  }

  private static boolean isLarge(Event event) {
    return event.getProperties().get("revenue") instanceof Double revenue && revenue > 50;
  }

  private static Expression eligible(List<PastEvent> done, List<PastEvent> notDone) {
    List<String> problems = new ArrayList<>();
    Expression compiled = compile(definition(done, notDone).build(), problems);
    return Optional.ofNullable(compiled)
        .orElseThrow(() -> new AssertionError(String.join("; ", problems)));
  }

  private static @Nullable Expression compile(TraitDefinition definition, List<String> problems) {
    return Eligibility.compile(
        definition, Scope.of(ENGINE.schema().names()), ENGINE.pastEvents(), problems);
  }

  private static TraitDefinition.Builder definition(List<PastEvent> done, List<PastEvent> notDone) {
    return TraitDefinition.newBuilder()
        .setTrait("t")
        .setTarget(new Target("order", "true"))
        .setHorizonMillis(DAY)
        .setDone(done)
        .setNotDone(notDone);
  }
}
