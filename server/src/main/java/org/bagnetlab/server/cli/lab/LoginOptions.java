package org.bagnetlab.server.cli.lab;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bagnetlab.server.cli.terminal.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for logging in to a server on a network and for trusting its certificate. */
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

  private boolean warned;

  LabClient client(String server) {
    Optional<String> said =
        Optional.ofNullable(token).map(String::strip).filter(text -> !text.isEmpty());
    if (said.filter(text -> !TOKEN.matcher(text).matches()).isPresent()) {
      throw new Failure("The token contains invalid characters: copy it again.");
    }
    LabClient client = new LabClient(server, said, Optional.ofNullable(authorities));
    if (said.isPresent() && !warned && othersCanRead(client.address())) {
      warned = true;
      System.err.println(
          "Warning: without HTTPS, others on the network can read the token that is sent to %s. See docs/network.md."
              .formatted(client.address().getAuthority()));
    }
    return client;
  }

  /**
   * Whether others could read the token in transit. Host names are not resolved: only localhost
   * always means this machine.
   */
  private static boolean othersCanRead(URI server) {
    String host = String.valueOf(server.getHost()).replaceAll("[\\[\\]]", "");
    @Nullable InetAddress address = NetUtil.createInetAddressFromIpAddressString(host);
    return server.getScheme().equals("http")
        && !host.equalsIgnoreCase("localhost")
        && (address == null || !address.isLoopbackAddress());
  }
}
