package dev.presage.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.features.identity.FoldOutcome.Kind;
import dev.presage.features.identity.Identity;
import dev.presage.schemas.avro.Event;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Points 5 and 11 of the semantics, identity and erasure, case by case. */
class IdentityFoldTest {
  private static final long T = 1_300_000_000_000L;

  private final FeatureEngine engine =
      new FeatureEngine(
          FeatureDeclarations.parse(
              """
              series:
                orders: {event: order}
              features:
                orders_ever: {series: orders, aggregate: count, window: lifetime}
              """,
              "test"));
  private final LogSimulator logs = new LogSimulator(engine, new Random(1));

  @Test
  void shouldMoveTheStateAndKeepARedirectAndTheLineage() {
    order("device", T);
    logs.link("device", "person", true);
    order("device", T + 1);
    logs.drain();

    assertThat(logs.person("device").identity())
        .isEqualTo(new Identity.Redirect("person", "person", T, 1));
    assertThat(logs.person("device").features().isEmpty()).isTrue();
    assertThat(orders("person")).isEqualTo(2);
    assertThat(own("person").members()).containsExactly("device");
    assertThat(own("person").bornAtMillis()).isEqualTo(T);
  }

  @Test
  void shouldNotMakeOnePersonOfTwoWhoShareADevice() {
    order("anna", T);
    order("bert", T);
    logs.link("device", "anna", true);
    logs.drain();
    logs.link("device", "bert", true);
    order("device", T + 1);
    logs.drain();

    assertThat(orders("anna")).isEqualTo(2);
    assertThat(orders("bert")).isEqualTo(1);
    assertThat(logs.outcomes).containsEntry(Kind.LINKED_ELSEWHERE, 1);
  }

  @Test
  void shouldMakeOnePersonOfTwoWhoAreSaidToBeTheSame() {
    order("anna", T);
    order("anne", T);
    logs.link("device", "anna", true);
    logs.drain();
    logs.link("device", "anne", false);
    logs.drain();

    assertThat(orders(logs.canonical("device"))).isEqualTo(2);
    assertThat(logs.canonical("anna")).isEqualTo("anne");
  }

  @Test
  void shouldFollowAChainToItsEnd() {
    logs.link("a", "b", false);
    logs.link("b", "c", false);
    logs.link("c", "d", false);
    order("a", T);
    logs.drain();

    assertThat(orders("d")).isEqualTo(1);
    assertThat(own("d").members()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void shouldEndACycleInTheOlderProfile() {
    order("younger", T + 1);
    order("older", T);
    logs.link("younger", "older", false);
    logs.link("older", "younger", false);
    logs.drain();
    order("younger", T + 2);
    logs.drain();

    assertThat(logs.canonical("younger")).isEqualTo("older");
    assertThat(orders("older")).isEqualTo(3);
  }

  @Test
  void shouldChangeNothingByALinkThatIsKnown() {
    logs.link("device", "person", true);
    logs.drain();
    logs.link("device", "person", true);
    logs.link("person", "device", false);
    logs.link("person", "person", false);
    logs.drain();

    assertThat(logs.outcomes).containsEntry(Kind.LINKED_ALREADY, 3);
    assertThat(logs.canonical("device")).isEqualTo("person");
  }

  @Test
  void shouldEraseEveryIdOfAPersonByAnyOfThem() {
    order("device", T);
    logs.link("device", "person", true);
    logs.drain();

    logs.erase("device");
    logs.drain();
    order("device", T + 1);
    order("person", T + 2);
    logs.drain();

    assertThat(logs.person("device").identity()).isInstanceOf(Identity.Erased.class);
    assertThat(logs.person("person").identity()).isInstanceOf(Identity.Erased.class);
    assertThat(logs.person("person").features().isEmpty()).isTrue();
    assertThat(logs.outcomes).containsEntry(Kind.DROPPED, 2);
  }

  @Test
  void shouldDropALateEventEvenAfterTheIdWasLetInAgain() {
    order("person", T);
    logs.erase("person");
    logs.consent("person", T + 10);
    order("person", T + 9);
    order("person", T + 10);
    logs.drain();

    assertThat(orders("person")).isEqualTo(1);
    assertThat(logs.outcomes).containsEntry(Kind.DROPPED, 1).containsEntry(Kind.LET_IN, 1);
  }

  @Test
  void shouldEraseAnIdThatNobodyKnowsForWhatIsToCome() {
    logs.erase("person");
    order("person", T);
    logs.drain();

    assertThat(logs.person("person").features().isEmpty()).isTrue();
    assertThat(logs.outcomes).containsEntry(Kind.NOTHING_TO_ERASE, 1);
  }

  private void order(String id, long time) {
    Event event = Events.event(id + time, "order", time, Map.of());
    logs.event(id, event);
  }

  private Identity.Own own(String id) {
    return (Identity.Own) logs.person(id).identity();
  }

  private double orders(String id) {
    double[] vector = new double[engine.schema().size()];
    ProfileState state = logs.person(id).features();
    engine.vector(state, Math.max(0, state.newestEventMillis()), vector);
    return vector[0];
  }
}
