package dev.presage.endtoend;

import dev.presage.features.FeatureEngine;
import dev.presage.features.ProfileState;
import dev.presage.features.state.ProfileCodec;
import dev.presage.model.BoosterArtefact;
import dev.presage.schemas.avro.Event;
import dev.presage.schemas.avro.FeatureSchema;
import dev.presage.schemas.avro.ModelArtefact;
import dev.presage.schemas.avro.Segment;
import dev.presage.schemas.avro.SegmentDefinition;
import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Five traits of a shop's customers, two segmentations, and a model of 100 trees for each trait.
 * The models are trained on what a few thousand customers of the same traffic did before and after
 * an event, so that their scores move as those of a real model do.
 */
final class ShopTraits {
  private static final int TREES = 100;
  private static final int DEPTH = 6;
  private static final int MONTHS = 4;
  private static final int GOLDEN_ROWS = 20;

  /** Enough to judge a model by: thousands of examples a month. */
  private static final double EXAMPLE_SHARE = 0.01;

  private static final double SHARE_OF_ROWS = 0.08;

  private static final List<Trait> TRAITS =
      List.of(
          new Trait("likelihood-to-order-7d", "order_completed", 7),
          new Trait("likelihood-to-order-30d", "order_completed", 30),
          new Trait("likelihood-to-fill-a-cart-30d", "cart_updated", 30),
          new Trait("likelihood-to-view-7d", "product_viewed", 7),
          new Trait("likelihood-to-open-an-email-30d", "email_opened", 30));

  private final FeatureEngine engine;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, ProfileState> states = new HashMap<>();
  private final Map<String, List<Event>> histories = new HashMap<>();
  private final Map<String, Booster> boosters = new LinkedHashMap<>();
  private int profileBytes;

  private record Trait(String name, String eventType, int days) {}

  /** The vector of a customer right after an event. */
  private static final class Row {
    private final String customer;
    private final long atMillis;
    private final double[] vector;

    Row(String customer, long atMillis, double[] vector) {
      this.customer = customer;
      this.atMillis = atMillis;
      this.vector = vector;
    }
  }

  private ShopTraits(FeatureEngine engine) {
    this.engine = engine;
  }

  /** Trains the models on so many customers. */
  static ShopTraits train(FeatureEngine engine, int customers) throws XGBoostError {
    ShopTraits traits = new ShopTraits(engine);
    traits.collect(customers);
    for (Trait trait : TRAITS) {
      traits.boosters.put(trait.name(), traits.train(trait));
    }
    return traits;
  }

  List<TraitDefinition> definitions() {
    return TRAITS.stream()
        .map(
            it ->
                TraitDefinition.newBuilder()
                    .setTrait(it.name())
                    .setTarget(Target.newBuilder().setEventType(it.eventType()).build())
                    .setHorizonMillis(Duration.ofDays(it.days()).toMillis())
                    .setExampleShare(EXAMPLE_SHARE)
                    .build())
        .toList();
  }

  List<SegmentDefinition> segmentations() {
    return List.of(
        segmentation(
            "readiness",
            new Segment(
                "ready",
                "traits[\"likelihood-to-order-7d\"] >= 0.4",
                "traits[\"likelihood-to-order-7d\"] >= 0.3"),
            new Segment(
                "warm",
                "traits[\"likelihood-to-order-30d\"] >= 0.4",
                "traits[\"likelihood-to-order-30d\"] >= 0.3"),
            new Segment("cold", "true", null)),
        segmentation(
            "value",
            new Segment("high", "revenue_365d >= 1000", "revenue_365d >= 800"),
            new Segment("some", "revenue_365d > 0", null),
            new Segment("none", "true", null)));
  }

  /** The models as they are published, by trait. */
  Map<String, ModelArtefact> artefacts() throws XGBoostError {
    FeatureSchema schema =
        new FeatureSchema(engine.schema().fingerprint(), engine.schema().names());
    double[][] golden =
        rows.stream().limit(GOLDEN_ROWS).map(it -> it.vector).toArray(double[][]::new);
    Map<String, ModelArtefact> artefacts = new LinkedHashMap<>();
    for (Map.Entry<String, Booster> it : boosters.entrySet()) {
      artefacts.put(
          it.getKey(),
          BoosterArtefact.of(it.getValue(), it.getKey(), golden).setFeatureSchema(schema).build());
    }
    return artefacts;
  }

  /** Mean length of the features of a customer as they are stored, after the first month. */
  int meanProfileBytes() {
    return profileBytes;
  }

  private int measureProfiles() {
    ProfileCodec codec = new ProfileCodec(engine);
    return (int)
        Math.round(
            states.values().stream().mapToInt(it -> codec.encode(it).length).average().orElse(0));
  }

  private static SegmentDefinition segmentation(String name, Segment... segments) {
    return SegmentDefinition.newBuilder()
        .setSegmentation(name)
        .setSegments(List.of(segments))
        .build();
  }

  private void collect(int customers) {
    long eventsOfMonth = (long) customers * Scale.EVENTS_A_CUSTOMER;
    long events = MONTHS * eventsOfMonth;
    ShopTraffic traffic = new ShopTraffic(customers, events, Scale.MONTH.multipliedBy(MONTHS));
    SplittableRandom random = new SplittableRandom(7);
    while (traffic.number() < events) {
      Event event = traffic.next();
      String customer = Objects.requireNonNull(event.getUserId());
      ProfileState state = states.computeIfAbsent(customer, it -> engine.newState());
      histories.computeIfAbsent(customer, it -> new ArrayList<>()).add(event);
      engine.apply(state, event);
      if (random.nextDouble() < SHARE_OF_ROWS) {
        double[] vector = new double[engine.schema().names().size()];
        engine.vector(state, state.newestEventMillis(), vector);
        rows.add(new Row(customer, state.newestEventMillis(), vector));
      }
      if (traffic.number() == eventsOfMonth) {
        profileBytes = measureProfiles();
      }
    }
  }

  private Booster train(Trait trait) throws XGBoostError {
    long horizon = Duration.ofDays(trait.days()).toMillis();
    long end = rows.getLast().atMillis - horizon;
    List<Row> known = rows.stream().filter(it -> it.atMillis <= end).toList();
    float[] labels = new float[known.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = happens(trait, known.get(i), horizon) ? 1 : 0;
    }
    DMatrix matrix =
        BoosterArtefact.matrix(known.stream().map(it -> it.vector).toArray(double[][]::new));
    try {
      matrix.setLabel(labels);
      return XGBoost.train(
          matrix,
          Map.of(
              "objective",
              "binary:logistic",
              "max_depth",
              DEPTH,
              "eta",
              0.1,
              "min_child_weight",
              5),
          TREES,
          Map.of(),
          null,
          null);
    } finally {
      matrix.dispose();
    }
  }

  private boolean happens(Trait trait, Row row, long horizon) {
    return Objects.requireNonNull(histories.get(row.customer)).stream()
        .filter(it -> it.getType().equals(trait.eventType()))
        .mapToLong(it -> Objects.requireNonNull(it.getOccurredAt()).toEpochMilli())
        .anyMatch(it -> it > row.atMillis && it <= row.atMillis + horizon);
  }
}
