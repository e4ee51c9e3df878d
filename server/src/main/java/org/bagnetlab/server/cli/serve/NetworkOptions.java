package org.bagnetlab.server.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.Endpoint;
import org.bagnetlab.server.access.TokenFile;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.http.connection.TlsFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for a server's address, its host names, and who may use it. */
final class NetworkOptions {

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. Default: ${DEFAULT-VALUE}, which only this machine reaches. With any"
              + " other, visitors need a token; see docs/network.md.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "A host name under which browsers reach the server, for example behind a proxy; visitors"
              + " then need a token. May be repeated; loopback and the listening address are always"
              + " allowed.")
  private Set<String> names = Set.of();

  @Option(names = "--login", description = "Require a token on loopback, too.")
  private boolean login;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "PEM file of the server's certificate: serves HTTPS.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "PEM file of the certificate's private key, in PKCS #8 form.")
  private @Nullable Path key;

  Endpoint endpoint() {
    // Resolved only once: if a later lookup returned another address, everyone could get access.
    InetAddress address = address();
    return new Endpoint(
        address.getHostAddress(),
        port,
        Stream.concat(names.stream(), Stream.of(host)).collect(Collectors.toUnmodifiableSet()),
        login || !names.isEmpty() || !address.isLoopbackAddress(),
        tls());
  }

  private InetAddress address() {
    try {
      if (!host.isBlank()) {
        return InetAddress.getByName(host);
      }
    } catch (UnknownHostException e) {
      // Reported below.
    }
    throw new Failure("--host must be an address of this machine, but is '%s'.".formatted(host));
  }

  private Optional<TlsFiles> tls() {
    if (certificate == null && key == null) {
      return Optional.empty();
    }
    if (certificate == null || key == null) {
      throw new Failure("HTTPS needs both --tls-certificate and --tls-key.");
    }
    requireReadable("--tls-certificate", certificate);
    requireReadable("--tls-key", key);
    return Optional.of(new TlsFiles(certificate, key));
  }

  private static void requireReadable(String option, Path file) {
    if (!Files.isReadable(file)) {
      throw new Failure("%s: cannot read %s.".formatted(option, file));
    }
  }

  /** Warnings about security risks. */
  List<String> warnings(Endpoint endpoint) {
    return !address().isLoopbackAddress() && endpoint.tls().isEmpty()
        ? List.of(
            "Warning: without TLS, others on the network can read tokens and results. See docs/network.md.")
        : List.of();
  }

  /** Explains how to log in, and creates the lab's first token. */
  List<String> howToLogIn(Endpoint endpoint, Path dataDirectory) throws IOException {
    if (!endpoint.login()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    if (!login && address().isLoopbackAddress()) {
      lines.add("Visitors need a token because of --name.");
    }
    TokenFile.in(dataDirectory, Clock.systemUTC())
        .first()
        .ifPresent(file -> lines.add("Log in with the token in %s.".formatted(file)));
    lines.add("Make one for somebody else with: ./bagnetlab token add NAME");
    return lines;
  }
}
