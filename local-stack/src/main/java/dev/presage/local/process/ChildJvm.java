package dev.presage.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A JVM to be started as a child of this one, by the same JDK: what runs in it, and where it logs.
 * It ends with this JVM, even after a {@code kill -9} of this one.
 *
 * @param name what it is called in messages, for example {@code broker}
 * @param classPath class path, as {@code java -cp} takes it
 * @param mainClass the main class
 * @param jvmOptions options of the JVM, for example {@code -Xmx512m}
 * @param systemProperties system properties by name
 * @param arguments arguments of the main class
 * @param log file that standard output and standard error are appended to
 * @param directory working directory, made where it is missing
 */
public record ChildJvm(
    String name,
    String classPath,
    String mainClass,
    List<String> jvmOptions,
    Map<String, String> systemProperties,
    List<String> arguments,
    Path log,
    Path directory) {

  /**
   * A terminal sends Ctrl-C and its own end to the children as well. They are to be ended by this
   * JVM, in order, so they ignore both: an ignored signal stays ignored through {@code exec}.
   */
  private static final List<String> IGNORING_THE_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh");

  public ChildJvm {
    jvmOptions = List.copyOf(jvmOptions);
    systemProperties = Map.copyOf(systemProperties);
    arguments = List.copyOf(arguments);
  }

  /** The child without options, properties and arguments. */
  public static ChildJvm of(
      String name, String classPath, String mainClass, Path log, Path directory) {
    return new ChildJvm(name, classPath, mainClass, List.of(), Map.of(), List.of(), log, directory);
  }

  public ChildJvm withJvmOptions(String... options) {
    return new ChildJvm(
        name, classPath, mainClass, List.of(options), systemProperties, arguments, log, directory);
  }

  public ChildJvm withSystemProperties(Map<String, String> properties) {
    return new ChildJvm(
        name, classPath, mainClass, jvmOptions, properties, arguments, log, directory);
  }

  public ChildJvm withArguments(String... args) {
    return new ChildJvm(
        name, classPath, mainClass, jvmOptions, systemProperties, List.of(args), log, directory);
  }

  /**
   * Starts it.
   *
   * @throws UncheckedIOException when the process cannot be started
   */
  public ChildProcess start() {
    return start(new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(toLog()));
  }

  /**
   * Starts it with its standard output open to {@link ChildProcess#follow}; its standard error goes
   * to the log.
   *
   * @throws UncheckedIOException when the process cannot be started
   */
  public ChildProcess startTelling() {
    return start(new ProcessBuilder(command()).redirectError(toLog()));
  }

  private ChildProcess start(ProcessBuilder builder) {
    try {
      Files.createDirectories(directory);
      Files.createDirectories(log.toAbsolutePath().getParent());
      return new ChildProcess(name, builder.directory(directory.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the " + name + ": " + e.getMessage(), e);
    }
  }

  private ProcessBuilder.Redirect toLog() {
    return ProcessBuilder.Redirect.appendTo(log.toFile());
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(IGNORING_THE_TERMINAL);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    systemProperties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(classPath + File.pathSeparator + CodeLocation.of(GuardedMain.class));
    command.add(GuardedMain.class.getName());
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
