package dev.presage.local.cli;

import dev.presage.local.bench.Benchmark;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the whole costs, from an event to a trait update. */
@Command(
    name = "e2e",
    description = {
      "Measures the streams application against other topologies at one broker with the same events:"
          + " a bare one, one with state, and what one would write without Presage; then its latency"
          + " at half of its top rate. About half an hour; nothing else should run meanwhile.",
      "",
      "Targets that are missed do not make it fail (exit code 0).",
      ""
    },
    footer = {
      "",
      "The figures as JSON (--json); LINE is pass, stateful, presage or naive, GUARANTEE is",
      "at_least_once or exactly_once_v2:",
      "  LINE.GUARANTEE.eventsPerSecond",
      "  LINE.GUARANTEE.cpuSecondsPerMillion    of the application, not of the broker",
      "  LINE.GUARANTEE.changelogBytesPerEvent",
      "  ratioToStateful.GUARANTEE, ratioToNaive.GUARANTEE",
      "                            events a second of presage against the others",
      "  p50Millis.GUARANTEE, p99Millis.GUARANTEE, p999Millis.GUARANTEE",
      "                            from produce to trait update at half of the top rate",
      "  run                       machine, JVM, date; how each figure was measured,",
      "                            its target, and whether it is met",
      "",
      "Examples:",
      "  ./presage bench e2e",
      "  ./presage bench e2e --json figures.json --headless",
      "  ./presage bench e2e --events 500000 --customers 25000"
    })
final class BenchEndToEndCommand implements Callable<Integer> {

  private static final long FEWEST_EVENTS = 1_000;
  private static final long MOST_EVENTS = 100_000_000;
  private static final int FEWEST_CUSTOMERS = 100;
  private static final int MOST_CUSTOMERS = 10_000_000;

  @Spec private CommandSpec spec;

  @ParentCommand private BenchCommand bench;

  @Mixin private BenchRun run;

  @Option(
      names = "--events",
      paramLabel = "COUNT",
      description = "Events that every line takes; 2,000,000 by default, 5,000 with --quick.")
  private @Nullable Long events;

  @Option(
      names = "--customers",
      paramLabel = "COUNT",
      description = "Customers whose events they are; 100,000 by default, 500 with --quick.")
  private @Nullable Integer customers;

  @Override
  public Integer call() {
    long ofEvents = events == null ? (run.isQuick() ? 5_000 : 2_000_000) : events;
    int ofCustomers = customers == null ? (run.isQuick() ? 500 : 100_000) : customers;
    check("--events", ofEvents, FEWEST_EVENTS, MOST_EVENTS);
    check("--customers", ofCustomers, FEWEST_CUSTOMERS, MOST_CUSTOMERS);
    return run.run(
        Benchmark.END_TO_END,
        bench.presage().console(),
        Long.toString(ofEvents),
        Integer.toString(ofCustomers));
  }

  private void check(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is %,d; expected %,d to %,d".formatted(option, value, least, most));
    }
  }
}
