package org.bagnetlab.server.cli.lab;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options for the server that a command uses. */
public final class ServerOption {

  private static final String LOCAL = "http://127.0.0.1:8080";

  @Option(
      names = "--server",
      defaultValue = "${env:BAGNETLAB_SERVER:-" + LOCAL + "}",
      paramLabel = "URL",
      description = "Address of the server; also set by BAGNETLAB_SERVER. Default: " + LOCAL + ".")
  private String server = LOCAL;

  @Mixin private LoginOptions login = new LoginOptions();

  public LabClient client() {
    return login.client(server);
  }

  /** The command-line options that make another command use the same server. */
  public String again() {
    return server.equals(LOCAL) ? "" : " --server " + server;
  }
}
