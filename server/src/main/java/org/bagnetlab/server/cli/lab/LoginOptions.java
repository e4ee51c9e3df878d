package org.bagnetlab.server.cli.lab;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.server.cli.terminal.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a server on a network wants to know, and how the command line trusts it. */
final class LoginOptions {

  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  @Option(
      names = "--token",
      defaultValue = "${env:BAGNETLAB_TOKEN}",
      paramLabel = "TOKEN",
      description =
          "Token for a server on a network; better set by BAGNETLAB_TOKEN, since other users can see"
              + " command lines.")
  private @Nullable String token;

  @Option(
      names = "--ca",
      defaultValue = "${env:BAGNETLAB_CA}",
      paramLabel = "FILE",
      description =
          "PEM file of the certificates to trust, for a server whose certificate is the lab's own;"
              + " also set by BAGNETLAB_CA.")
  private @Nullable Path authorities;

  LabClient client(String server) {
    Optional<String> said =
        Optional.ofNullable(token).map(String::strip).filter(text -> !text.isEmpty());
    if (said.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
      throw new Failure("The token has characters that no token has.");
    }
    return new LabClient(server, said, Optional.ofNullable(authorities));
  }
}
