package dev.presage.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presage.schemas.avro.Target;
import dev.presage.schemas.avro.TraitDefinition;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustOnFirstSchemaTest {
  @TempDir private Path folder;

  /** In a JVM of its own, because trust is global and other tests make serdes. */
  @Test
  void shouldBuildAGeneratedClassBeforeAnySerdeWasMade() throws Exception {
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Builds.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(output).content().contains("built likelihood");
  }

  /** Builds what has an enum with a default, and does nothing before. */
  static final class Builds {
    private Builds() {}

    public static void main(String[] arguments) {
      TraitDefinition definition =
          TraitDefinition.newBuilder()
              .setTrait("likelihood")
              .setTarget(Target.newBuilder().setEventType("order_completed").build())
              .setHorizonMillis(1)
              .build();
      System.out.println("built " + definition.getTrait());
    }
  }
}
