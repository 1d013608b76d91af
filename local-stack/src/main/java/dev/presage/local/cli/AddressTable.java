package dev.presage.local.cli;

import dev.presage.local.console.Console;
import dev.presage.local.installation.Addresses;
import java.nio.file.Path;

/** Shows where everything answers. */
final class AddressTable {

  private AddressTable() {}

  static void show(Console console, Addresses addresses, Path data) {
    console.line("  broker               @|bold " + addresses.broker() + "|@");
    console.line("  schema registry      @|bold " + addresses.registry() + "|@");
    console.line("  streams application  @|bold " + addresses.streamsApp() + "|@");
    console.line("    a profile          " + addresses.streamsApp() + "/v1/profiles/ID");
    console.line("    metrics            " + addresses.streamsApp() + "/metrics");
    console.line("    API description    " + addresses.streamsApp() + "/openapi.yml");
    console.line("  retrainer            @|bold " + addresses.retrainer() + "|@");
    console.line("    traits             " + addresses.retrainer() + "/v1/traits");
    console.line("  data and logs        " + data);
  }
}
