package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bagnetlab.server.configuration.InvalidConfiguration;
import org.bagnetlab.server.configuration.LabConfiguration;

/** The file bagnetlab.yaml. */
final class ConfigurationTarget implements Target {

  private static final String ALL =
      """
      # A lab
      workers: {silence: 90s, checkpointEvery: 10m, attempts: 2, retryAfter: 1h}
      devices: {algorithms: fastest}
      disk:
        quota: 50GB
        reserve: 500 MB
        warnAt: 0.7
      retention:
        trainingStates: 12h
        checkpointsOf: bestOfConfiguration
        keepFor: 7d
      webhooks:
        - url: https://hooks.example.org/KEY
          secret: between you and me
          events: [needs-help]
      address: https://lab.example.org
      """;

  private final Path file;

  ConfigurationTarget(Path folder) {
    this.file = folder.resolve(LabConfiguration.FILE);
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(ALL.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Mutation.Structure structure() {
    return Tokens.yaml();
  }

  @Override
  public boolean takes(byte[] input) throws IOException {
    Files.write(file, input);
    try {
      LabConfiguration read = LabConfiguration.read(file);
      return read.workers() != null;
    } catch (InvalidConfiguration e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
