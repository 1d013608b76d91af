package dev.presage.endtoend.line;

import dev.presage.schemas.registry.SchemaRegistry;
import dev.presage.schemas.topics.Topics;
import dev.presage.scoring.runtime.ComparedTopology;
import java.nio.file.Path;

/** Runs one of the compared topologies with the settings of the streams application. */
public final class LineMain {
  /** Name of the store of those that have one. */
  static final String STORE = "profiles";

  /** Name of the repartition step of those that have one. */
  static final String REPARTITION = "by-customer";

  private LineMain() {}

  /**
   * Runs it until the JVM is told to end.
   *
   * @param args {@code pass}; or {@code stateful} and the bytes of a value; or {@code naive} and
   *     the folder of its models
   */
  public static void main(String[] args) {
    String events = Topics.unprefixed().events();
    switch (args[0]) {
      case "pass" ->
          ComparedTopology.run(it -> PassLine.topology(events, output(it.connections().topics())));
      case "stateful" -> {
        int bytes = Integer.parseInt(args[1]);
        ComparedTopology.run(
            it ->
                StatefulLine.topology(
                    events,
                    output(it.connections().topics()),
                    it.connections().partitions(),
                    bytes));
      }
      case "naive" -> {
        NaiveModels models = NaiveModels.read(Path.of(args[1]));
        ComparedTopology.run(
            it ->
                NaiveLine.topology(
                    it.connections().topics().events(),
                    output(it.connections().topics()),
                    it.connections().partitions(),
                    SchemaRegistry.connect(it.connections().registry()),
                    models));
      }
      default -> throw new IllegalArgumentException("There is no line '" + args[0] + "'");
    }
  }

  /** The topic that a line writes to. */
  public static String output(Topics topics) {
    return topics.prefix() + "outputs";
  }

  /**
   * The topic between the two steps of a line that has two.
   *
   * @param applicationId of the line
   */
  public static String repartition(String applicationId) {
    return applicationId + "-" + REPARTITION + "-repartition";
  }
}
