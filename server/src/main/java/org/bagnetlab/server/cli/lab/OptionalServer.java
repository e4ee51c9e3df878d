package org.bagnetlab.server.cli.lab;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server that uses the data directory, if one does. */
public final class OptionalServer {

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "The server that uses the data directory, or one elsewhere. Default: none, the data directory"
              + " itself is used.")
  private @Nullable String server;

  @Mixin private LoginOptions login = new LoginOptions();

  public Optional<LabClient> client() {
    return Optional.ofNullable(server).map(login::client);
  }
}
