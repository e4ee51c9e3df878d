package org.bagnetlab.server.cli;

import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class ServerOption {

  @Option(
      names = "--server",
      defaultValue = "http://127.0.0.1:8080",
      paramLabel = "URL",
      description = "The server. Default: ${DEFAULT-VALUE}.")
  private String server = "http://127.0.0.1:8080";

  LabClient client() {
    return new LabClient(server);
  }
}
