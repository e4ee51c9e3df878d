package org.bagnetlab.server.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.server.cli.sweep.YamlFile;
import org.bagnetlab.server.cli.terminal.Failure;

/** Files of sweeps, as the command line reads them, and finds the line of a field at fault. */
final class SweepFileTarget extends YamlTarget {

  private static final String LADDER =
      """
      name: ladder
      base: {dataset: controlled-15, epochs: 6}
      grid:
        architecture: [bagnet9, bagnet33]
        seed: [1, 2]   # two each
      then:
        - {kind: heatmap,
           stride: 8}
        - kind: "scramble"
      """;

  SweepFileTarget(Path folder) {
    super(folder.resolve("sweep.yaml"), LADDER);
  }

  @Override
  protected boolean read(Path file) throws IOException {
    try {
      YamlFile read = YamlFile.read(file);
      JsonNode content = read.content();
      Target.requireLine(String.valueOf(read.at(new Refused("then.stride", "wrong")).getMessage()));
      return content instanceof ObjectNode;
    } catch (Failure e) {
      Target.requireLine(String.valueOf(e.getMessage()));
      return false;
    }
  }
}
