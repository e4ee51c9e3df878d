package org.bagnetlab.server.cli.job;

import java.util.Map;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Confirmation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes a finished job with its results and files. */
@Command(name = "delete", description = "Delete a finished job with its results and files.")
public final class DeleteCommand extends ServerCommand {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  protected int run(LabClient client) throws Exception {
    var _ = client.get("jobs/" + id); // fails before asking if there is no such job
    confirmation.ask("Job %d is deleted with its results and files.".formatted(id));
    client.delete("jobs/" + id);
    json.print(
        Map.of("id", id, "deleted", true),
        "Deleted job %d with its results and files.".formatted(id));
    return 0;
  }
}
