package dev.presage.local.installation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where everything answers.
 *
 * @param broker the broker, {@code host:port}
 * @param registry the registry's Confluent API
 * @param streamsApp the streams application
 * @param retrainer the retrainer
 */
public record Addresses(String broker, URI registry, URI streamsApp, URI retrainer) {

  /** Name of the file in a data folder that holds the addresses while they answer. */
  public static final String FILE = "addresses.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Writes them to a data folder. */
  public void write(Path data) {
    try {
      Files.writeString(data.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the addresses to " + data, e);
    }
  }

  /**
   * Reads them.
   *
   * @throws InstallationException when the file is not what {@link #write} made
   */
  public static Addresses read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Addresses.class);
    } catch (JsonProcessingException e) {
      throw new InstallationException(
          "%s does not hold addresses; remove it, or give them as options".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  static void remove(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the addresses from " + data, e);
    }
  }
}
