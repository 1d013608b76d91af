package dev.presage.endtoend;

import dev.presage.endtoend.line.LineMain;
import dev.presage.schemas.topics.Topics;
import java.util.List;
import java.util.Locale;

/** What is measured, in the order of what it does. */
enum Line {
  /** Reads, forwards, writes. */
  PASS,
  /** The same, with a repartition step, and a get and put. */
  STATEFUL,
  /** The streams application. */
  PRESAGE,
  /** What one would write first. */
  NAIVE;

  private static final String APPLICATION = "presage-scoring";

  /** As keys of figures begin. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its topics; the streams application has those without a prefix. */
  Topics topics() {
    return this == PRESAGE ? Topics.unprefixed() : new Topics(label() + ".");
  }

  /** Its application ID, which is its consumer group, too. */
  String group() {
    return topics().prefix() + APPLICATION;
  }

  /** The topic that it reads. */
  String input() {
    return this == NAIVE ? topics().events() : Topics.unprefixed().events();
  }

  /** The topics that it reads: its input, and what is between its two steps, where it has two. */
  List<String> read() {
    return switch (this) {
      case PASS -> List.of(input());
      case STATEFUL, NAIVE -> List.of(input(), LineMain.repartition(group()));
      case PRESAGE -> List.of(input(), topics().profileLog());
    };
  }

  /** About how long an event takes, in microseconds on two cores; for progress alone. */
  int expectedMicros() {
    return switch (this) {
      case PASS -> 8;
      case STATEFUL -> 25;
      case PRESAGE -> 60;
      case NAIVE -> 2_000;
    };
  }
}
