package dev.presage.local.cli;

import dev.presage.local.installation.Addresses;
import dev.presage.local.installation.ProjectHome;
import dev.presage.local.stack.LocalStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Addresses as given, else as a running 'up' or 'demo' wrote them to its data folder. */
final class RunningAddresses {

  private RunningAddresses() {}

  /**
   * An address.
   *
   * @param given as given by an option
   * @param dataDir the data folder that is meant; null: that of the running 'up' or 'demo', of the
   *     latest where both run. What one left behind that was killed does not count
   * @param option name of the option, for the message
   * @throws NothingRunsException when it is neither given nor written
   */
  static <T> T choose(
      @Nullable T given, @Nullable Path dataDir, Function<Addresses, T> running, String option) {
    if (given != null) {
      return given;
    }
    Stream<Path> folders =
        dataDir != null
            ? Stream.of(dataDir)
            : DataFolder.all(ProjectHome.find()).filter(LocalStack::isInUse);
    return folders
        .map(it -> it.resolve(Addresses.FILE))
        .filter(Files::isRegularFile)
        .max(Comparator.comparing(it -> it.toFile().lastModified()))
        .map(Addresses::read)
        .map(running)
        .orElseThrow(
            () ->
                new NothingRunsException(
                    "Nothing is running that wrote its addresses; start './presage up', or give "
                        + option));
  }

  /** No address is known. */
  static final class NothingRunsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NothingRunsException(String message) {
      super(message);
    }
  }
}
