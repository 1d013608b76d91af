package dev.presage.local.simulation;

import dev.presage.schemas.avro.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The customers of a shop, all that they do, and what each was going to do. */
final class SimulatedShop {
  static final String VISIT = "page_viewed";
  static final String ORDER = "order_completed";

  private static final double MILLIS_A_DAY = Duration.ofDays(1).toMillis();

  /** Orders a day of the slowest and the quickest customers; all orders of magnitude as likely. */
  private static final double SLOWEST = 0.3 / 30;

  private static final double QUICKEST = 3.0 / 30;

  /** Customers stay between two months and a year and a half on average. */
  private static final double LEAVING_LEAST = 1.0 / 540;

  private static final double LEAVING_MOST = 1.0 / 60;

  /** Visits without an order, for each order. */
  private static final int VISITS_AN_ORDER = 12;

  private final Map<String, SimulatedCustomer> customers;
  private final List<Event> events;

  private SimulatedShop(Map<String, SimulatedCustomer> customers, List<Event> events) {
    this.customers = customers;
    this.events = events;
  }

  /** Simulates from the start until a horizon after the end. */
  static SimulatedShop of(SimulationOptions options) {
    Map<String, SimulatedCustomer> customers = new HashMap<>();
    List<Event> events = new ArrayList<>();
    SplittableRandom seeds = new SplittableRandom(options.seed());
    for (int number = 0; number < options.customers(); number++) {
      SimulatedCustomer customer = customer("customer-" + number, seeds.split(), options, events);
      customers.put(customer.id(), customer);
    }
    events.sort(Comparator.comparing(Event::getOccurredAt).thenComparing(Event::getEventId));
    return new SimulatedShop(customers, List.copyOf(events));
  }

  private static SimulatedCustomer customer(
      String id, SplittableRandom random, SimulationOptions options, List<Event> events) {
    double ordersADay = logUniform(random, SLOWEST, QUICKEST);
    double leavingADay = logUniform(random, LEAVING_LEAST, LEAVING_MOST);
    long start = options.start().toEpochMilli();
    long end = options.end().toEpochMilli();
    long first = start + (long) (random.nextDouble() * (end - start));
    double leaves = first + random.nextExponential() / leavingADay * MILLIS_A_DAY;
    double lastMillis = (double) options.end().plus(options.horizon()).toEpochMilli();
    long until = (long) Math.min(leaves, lastMillis);
    double eventsADay = ordersADay * (1 + VISITS_AN_ORDER);
    List<Long> orders = new ArrayList<>();
    int number = 0;
    events.add(event(id, number++, VISIT, first));
    double time = first;
    while (true) {
      time += random.nextExponential() / eventsADay * MILLIS_A_DAY;
      if (time >= until) {
        break;
      }
      boolean isOrder = random.nextInt(1 + VISITS_AN_ORDER) == 0;
      events.add(event(id, number++, isOrder ? ORDER : VISIT, (long) time));
      if (isOrder) {
        orders.add((long) time);
      }
    }
    return new SimulatedCustomer(
        id,
        first,
        (long) leaves,
        ordersADay,
        leavingADay,
        orders.stream().mapToLong(Long::longValue).toArray());
  }

  private static double logUniform(SplittableRandom random, double least, double most) {
    return least * Math.pow(most / least, random.nextDouble());
  }

  private static Event event(String id, int number, String type, long time) {
    return Event.newBuilder()
        .setEventId(id + "-" + number)
        .setType(type)
        .setOccurredAt(Instant.ofEpochMilli(time))
        .setUserId(id)
        .build();
  }

  /** All events in the order of their times, those of the horizon after the end included. */
  List<Event> events() {
    return events;
  }

  /** A customer by ID. */
  Optional<SimulatedCustomer> customer(String id) {
    return Optional.ofNullable(customers.get(id));
  }
}
