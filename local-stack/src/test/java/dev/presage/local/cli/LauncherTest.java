package dev.presage.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a project of its own, with a Maven and a JDK that only say what they are asked.
 */
class LauncherTest {

  private static final List<String> MODULES =
      List.of(
          "schemas",
          "feature-store",
          "model-loader",
          "local-stack",
          "streams-app",
          "retrainer",
          "benchmarks");
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "dirname",
          "env",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "tail",
          "touch");

  @TempDir Path folder;

  private Path home;
  private Path jdk;
  private Path bin;

  private record Result(int code, String output) {}

  @BeforeEach
  void makeProject() throws IOException {
    home = Files.createDirectories(folder.resolve("the project"));
    Files.copy(Path.of("..", "presage"), home.resolve("presage"));
    executable(home.resolve("presage"), Files.readString(home.resolve("presage")));
    Files.writeString(home.resolve("pom.xml"), "");
    for (String module : MODULES) {
      Path java = Files.createDirectories(home.resolve(module).resolve("src/main/java"));
      Files.writeString(java.resolve("Code.java"), "");
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
    }
    makeOld();
    jdk = Files.createDirectories(folder.resolve("jdk"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.createDirectories(jdk.resolve("bin"));
    executable(jdk.resolve("bin/java"), "#!/usr/bin/env bash\necho \"java $*\"\nexit 7\n");
    executable(jdk.resolve("bin/javac"), "");
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : TOOLS) {
      executable(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(onThePath(tool)));
    }
  }

  @Test
  void shouldBuildOnceAndPassArgumentsAndExitCodeOn() throws Exception {
    installMaven();

    Result first = launch("demo", "--summary", "a file");
    Result second = launch("up");

    assertThat(first.output())
        .contains("Building Presage")
        .contains("-Dpresage.home=" + home)
        .contains("dev.presage.local.cli.PresageCommand demo --summary a file");
    assertThat(first.code()).isEqualTo(7);
    assertThat(second.output()).doesNotContain("Building").contains("PresageCommand up");
    assertThat(home.resolve(".presage/build.log"))
        .content()
        .contains("JAVA_HOME=" + jdk)
        .contains("-DskipTests");
  }

  @Test
  void shouldBuildAgainWhenASourceIsNewer() throws Exception {
    installMaven();
    launch("up");
    Files.setLastModifiedTime(
        home.resolve("retrainer/src/main/java/Code.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(launch("up").output()).contains("Building Presage");
  }

  @Test
  void shouldBuildAgainForNewerBenchmarksWhereTheyAreAskedFor() throws Exception {
    installMaven();
    launch("up");
    Files.setLastModifiedTime(
        home.resolve("benchmarks/src/main/java/Code.java"),
        FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(launch("up").output()).doesNotContain("Building Presage");
    assertThat(launch("--headless", "bench", "features").output())
        .contains("Building Presage")
        .contains("PresageCommand --headless bench features");
  }

  @Test
  void shouldShowTheEndOfTheLogWhenTheBuildFails() throws Exception {
    executable(bin.resolve("mvn"), "#!/usr/bin/env bash\necho 'cannot find symbol'\nexit 1\n");

    Result result = launch("up");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output())
        .contains("cannot find symbol")
        .contains("error: The build failed; the whole log is " + home.resolve(".presage/build.log"))
        .doesNotContain("PresageCommand");
  }

  @Test
  void shouldSayThatMavenIsMissing() throws Exception {
    Result result = launch("up");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.output())
        .contains("error: Maven is not on the path")
        .contains("Install Maven 3.8 or newer");
  }

  private void installMaven() throws IOException {
    executable(
        bin.resolve("mvn"),
        """
        #!/usr/bin/env bash
        echo "JAVA_HOME=$JAVA_HOME mvn $*"
        for module in %s; do
          mkdir -p $module/target
          touch $module/target/presage-$module-0.1.0.jar
        done
        mkdir -p local-stack/target/lib local-stack/target/registry
        touch local-stack/target/registry/quarkus-run.jar
        """
            .formatted(String.join(" ", MODULES)));
  }

  private Result launch(String... args) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(home.resolve("presage").toString()), Stream.of(args))
                    .toList())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of("PATH", bin.toString(), "JAVA_HOME", jdk.toString(), "HOME", folder.toString()));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Sources older than any build. */
  private void makeOld() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1)));
      }
    }
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path onThePath(String tool) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
