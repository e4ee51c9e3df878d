package org.bagnetlab.server.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.server.configuration.InvalidConfiguration;
import org.bagnetlab.server.configuration.LabConfiguration;

/** The file bagnetlab.yaml. */
final class ConfigurationTarget extends YamlTarget {

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
      messages:
        daily: "07:30"
        mail:
          - host: smtp.example.org
            port: 587
            tls: required
            user: lab
            password: PASSWORD
            from: lab@example.org
            to: [ann@example.org]
        slack:
          - url: https://hooks.example.org/KEY
        ntfy:
          - {url: https://ntfy.example.org/topic, token: TOKEN, events: [daily]}
      address: https://lab.example.org
      """;

  ConfigurationTarget(Path folder) {
    super(folder.resolve(LabConfiguration.FILE), ALL);
  }

  @Override
  protected boolean read(Path file) throws IOException {
    try {
      LabConfiguration read = LabConfiguration.read(file);
      return read.workers() != null;
    } catch (InvalidConfiguration e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
