package dev.presage.local.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.presage.local.installation.BuiltModule;
import dev.presage.local.installation.InstallationException;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.process.ChildJvm;
import dev.presage.local.process.ChildProcess;
import dev.presage.local.process.ChildProcessException;
import dev.presage.local.process.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures figures, with the module {@code benchmarks} in a child JVM. */
public final class FigureBench {

  private static final String MODULE = "benchmarks";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChildJvm jvm;
  private final Path figures;

  /**
   * @param jvm what measures
   * @param figures the file that it writes
   */
  FigureBench(ChildJvm jvm, Path figures) {
    this.jvm = jvm;
    this.figures = figures;
  }

  /**
   * A benchmark of the project.
   *
   * @param benchmark what to measure
   * @param home the project's folder
   * @param data folder of the figures and the log
   * @param quick whether to measure for seconds instead of minutes; the figures mean little
   * @param more what else the benchmark is told
   * @throws InstallationException when the benchmarks are not built
   */
  public static FigureBench of(
      Benchmark benchmark, Path home, Path data, boolean quick, List<String> more) {
    List<String> arguments = new ArrayList<>(more);
    Path figures = data.resolve(benchmark.files() + ".json");
    arguments.addAll(0, List.of(figures.toString(), quick ? "quick" : "full"));
    return new FigureBench(
        ChildJvm.of(
                "benchmark",
                BuiltModule.classPath(home, MODULE),
                benchmark.mainClass(),
                data.resolve(benchmark.files() + ".log"),
                data)
            .withJvmOptions(
                "-Xmx" + benchmark.heap(),
                "-D" + ProjectHome.PROPERTY + "=" + home,
                // The benchmarks have this module among their libraries, without the registry.
                "-Dpresage.registry.home=" + home.resolve("local-stack/target/registry"),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow")
            .withArguments(arguments.toArray(String[]::new)),
        figures);
  }

  /** Takes how far it is. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Takes how far it is.
     *
     * @param share of the whole, from 0 to 1
     * @param doing what is being measured
     */
    void at(double share, String doing);
  }

  /**
   * Measures, and returns the figures.
   *
   * @param resources takes the child, so that another thread can end it
   * @throws ChildProcessException when they cannot be measured; shows the last lines of the log
   */
  public FigureFile run(Resources resources, Listener listener) {
    try {
      Files.deleteIfExists(figures);
      Files.deleteIfExists(jvm.log());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the last figures", e);
    }
    ChildProcess process = jvm.startTelling();
    resources.add(process::close);
    process.follow(line -> tell(line, listener));
    return FigureFile.read(figures);
  }

  private static void tell(String line, Listener listener) {
    try {
      JsonNode said = JSON.readTree(line);
      listener.at(said.path("share").doubleValue(), said.path("doing").textValue());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("The benchmark says what is not understood: " + line, e);
    }
  }
}
