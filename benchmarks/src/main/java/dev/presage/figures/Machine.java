package dev.presage.figures;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What figures were measured on.
 *
 * @param processor its name, or the architecture where the system does not say
 * @param cores processors that the JVM may use
 * @param memoryBytes memory of the machine
 * @param system operating system and its version
 * @param jvm name and version
 * @param loadBefore processes that ran or waited in the minute before the measurement; negative
 *     where the system does not say. Figures are of use where it is far below the cores
 */
record Machine(
    String processor, int cores, long memoryBytes, String system, String jvm, double loadBefore) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  static Machine here() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        processorName(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        system.getSystemLoadAverage());
  }

  private static String processorName() {
    if (Files.isReadable(PROCESSORS)) {
      try (Stream<String> lines = Files.lines(PROCESSORS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElseGet(Machine::architecture);
      } catch (IOException e) {
        return architecture();
      }
    }
    return architecture();
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
