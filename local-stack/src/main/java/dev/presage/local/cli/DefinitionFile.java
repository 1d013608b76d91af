package dev.presage.local.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** A file with definitions of traits. */
final class DefinitionFile {

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "One definition, or several under 'traits', in YAML or JSON.")
  private Path path;

  Path path() {
    return path;
  }

  /** What is in it. */
  String read() throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new ParameterException(spec.commandLine(), "There is no file " + path);
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new ParameterException(
          spec.commandLine(), path + " is no text in UTF-8; save it as such", e);
    }
  }
}
