package dev.presage.endtoend;

import dev.presage.local.play.EventMapping;
import dev.presage.local.play.EventMappingFile;
import dev.presage.local.play.FileFormat;
import dev.presage.local.play.SourceFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;

/**
 * The demo's orders as a shop would have seen them whose customers are not logged in all the time:
 * some come from devices, some late, some twice. By the orders' own numbers, so always the same.
 */
final class ReplayedPeople {
  private static final int INVOICE = 0;
  private static final int CUSTOMER = 1;
  private static final int TIME = 2;

  /** With fewer orders every merge is exact, in whatever order it comes. */
  private static final int MOST_ORDERS = 50;

  private static final int LATE_LINES = 900;
  private static final String HISTORY_OF_DEVICES = "2011-05-01";
  private static final String LOGGED_IN = "2011-10-01";

  private final Path folder;
  private final Path mapping;
  private final Set<String> all = new TreeSet<>();
  private final Map<Kind, Set<String>> customers = new HashMap<>();
  private final Set<String> loggedIn = new HashSet<>();

  /** What is known of a customer's device, and when. */
  enum Kind {
    /** Everything is ordered under the customer's ID. */
    NO_DEVICE,
    /** A device's orders of the first months are linked before the model is trained. */
    LINKED_BEFORE_TRAINING,
    /** A device turns out to be the customer's in the middle of the replay, by an order. */
    LINKED_IN_THE_STREAM,
    /** A device turns out to be the customer's after the last order. */
    LINKED_AT_THE_END
  }

  ReplayedPeople(Path folder, Path demo) throws IOException {
    this.folder = folder;
    this.mapping = folder.resolve("mapping.yaml");
    Files.writeString(
        mapping,
        Files.readString(demo.resolve("mapping.yaml"))
            .replace("\nproperties:", "\nanonymousId: {column: anonymous_id}\nproperties:"));
    write(demo.resolve("invoices.csv.gz"));
  }

  SourceFile orders() {
    return new SourceFile(folder.resolve("orders.csv"), FileFormat.CSV);
  }

  EventMapping mapping() {
    return EventMappingFile.read(mapping);
  }

  Set<String> of(Kind kind) {
    return customers.getOrDefault(kind, Set.of());
  }

  /** Every ID that ordered. */
  Set<String> ids() {
    return all;
  }

  static String deviceOf(String customer) {
    return "device-" + customer;
  }

  private void write(Path orders) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(orders)), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    }
    String header = lines.removeFirst() + ",anonymous_id";
    Map<String, Integer> counts = new HashMap<>();
    lines.forEach(it -> counts.merge(it.split(",", -1)[CUSTOMER], 1, Integer::sum));
    Map<Integer, List<String>> places = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] line = lines.get(i).split(",", -1);
      String withIds = withIds(line, kind(line[CUSTOMER], counts.getOrDefault(line[CUSTOMER], 0)));
      int number = Math.floorMod(line[INVOICE].hashCode(), 50);
      IntFunction<List<String>> place = it -> places.computeIfAbsent(it, _ -> new ArrayList<>());
      place.apply(number == 0 ? i + LATE_LINES : i).add(withIds);
      if (number == 1) {
        place.apply(i + 3).add(withIds);
      }
    }
    List<String> out = new ArrayList<>(List.of(header));
    for (int i = 0; i < lines.size() + LATE_LINES + 3; i++) {
      out.addAll(places.getOrDefault(i, List.of()));
    }
    Files.write(folder.resolve("orders.csv"), out);
  }

  private static Kind kind(String customer, int orders) {
    if (orders > MOST_ORDERS) {
      return Kind.NO_DEVICE;
    }
    return switch (Math.floorMod(customer.hashCode(), 40)) {
      case 0 -> Kind.LINKED_BEFORE_TRAINING;
      case 1, 2 -> Kind.LINKED_IN_THE_STREAM;
      case 3 -> Kind.LINKED_AT_THE_END;
      default -> Kind.NO_DEVICE;
    };
  }

  private String withIds(String[] line, Kind kind) {
    String customer = line[CUSTOMER];
    String device = deviceOf(customer);
    String time = line[TIME];
    boolean isOfDevice =
        switch (kind) {
          case NO_DEVICE -> false;
          case LINKED_BEFORE_TRAINING -> time.compareTo(HISTORY_OF_DEVICES) < 0;
          case LINKED_IN_THE_STREAM ->
              time.compareTo(LOGGED_IN) < 0
                  ? line[INVOICE].hashCode() % 2 == 0
                  : line[INVOICE].hashCode() % 3 == 0 && loggedIn.contains(customer);
          case LINKED_AT_THE_END -> line[INVOICE].hashCode() % 2 == 0;
        };
    boolean isOfBoth =
        kind == Kind.LINKED_IN_THE_STREAM
            && time.compareTo(LOGGED_IN) >= 0
            && loggedIn.add(customer);
    customers.computeIfAbsent(kind, _ -> new TreeSet<>()).add(customer);
    all.add(isOfDevice ? device : customer);
    if (isOfBoth) {
      all.add(device);
    }
    line[CUSTOMER] = isOfDevice ? "" : customer;
    return String.join(",", line) + "," + (isOfDevice || isOfBoth ? device : "");
  }
}
