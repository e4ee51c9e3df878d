package org.bagnetlab.server.cli.lab;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server that uses the data directory, if one does. */
public final class OptionalServer {

  private static final String SERVER = "--server";

  @Option(
      names = SERVER,
      defaultValue = "${env:BAGNETLAB_SERVER}",
      paramLabel = "URL",
      description =
          "The server that uses the data directory, or one elsewhere; also set by BAGNETLAB_SERVER,"
              + " unless --data is given. Default: none, the data directory itself is used.")
  private @Nullable String server;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Mixin private LoginOptions login = new LoginOptions();

  /** A client of the server; empty if the data directory must be used directly. */
  public Optional<LabClient> client() {
    return Optional.ofNullable(server)
        .filter(address -> !address.isBlank())
        .filter(address -> isGiven(SERVER) || !isGiven(DataOption.NAME))
        .map(login::client);
  }

  private boolean isGiven(String option) {
    return Objects.requireNonNull(command).commandLine().getParseResult().hasMatchedOption(option);
  }
}
