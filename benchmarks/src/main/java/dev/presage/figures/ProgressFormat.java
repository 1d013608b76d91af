package dev.presage.figures;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import java.util.function.DoubleConsumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Writes what JMH writes, and tells how far a benchmark is. */
final class ProgressFormat implements OutputFormat {
  private final OutputFormat text;
  private final DoubleConsumer share;
  private int iterations;
  private int done;

  /**
   * Creates it for one benchmark.
   *
   * @param share takes the share of the iterations that are over
   */
  ProgressFormat(PrintStream out, DoubleConsumer share) {
    this.text = OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL);
    this.share = share;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    text.startBenchmark(params);
    iterations =
        Math.max(1, params.getForks())
            * (params.getWarmup().getCount() + params.getMeasurement().getCount());
  }

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult data) {
    text.iterationResult(params, iteration, number, data);
    done++;
    share.accept((double) done / iterations);
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {
    text.iteration(params, iteration, number);
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    text.endBenchmark(result);
  }

  @Override
  public void startRun() {
    text.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    text.endRun(results);
  }

  @Override
  public void print(String words) {
    text.print(words);
  }

  @Override
  public void println(String words) {
    text.println(words);
  }

  @Override
  public void verbosePrintln(String words) {
    text.verbosePrintln(words);
  }

  @Override
  public void write(int value) {
    text.write(value);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    text.write(bytes);
  }

  @Override
  public void flush() {
    text.flush();
  }

  @Override
  public void close() {
    text.close();
  }
}
