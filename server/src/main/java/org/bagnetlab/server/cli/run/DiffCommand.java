package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what two runs differ in. */
@Command(
    name = "diff",
    description = "Show in which settings, provenance and results two runs differ.")
public final class DiffCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "RUN", description = "Job ID of a run.")
  private long first;

  @Parameters(index = "1", paramLabel = "RUN", description = "The run to compare it with.")
  private long second;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode difference = DifferenceText.between(client, first, second);
    json.print(difference, DifferenceText.of(difference));
    return 0;
  }
}
