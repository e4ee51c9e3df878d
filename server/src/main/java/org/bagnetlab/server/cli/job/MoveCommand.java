package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a queued job's position in the queue. */
@Command(name = "move", description = "Change a queued job's place in the queue.")
public final class MoveCommand extends ServerCommand {

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  /** The new position; exactly one of these options is required. */
  private static final class Place {
    @Option(names = "--first", description = "Run first among the jobs with the same priority.")
    private boolean first;

    @Option(names = "--last", description = "Run last among the jobs with the same priority.")
    private boolean last;

    @Option(
        names = "--before",
        paramLabel = "ID",
        description = "Move just before this job, and take its priority.")
    private @Nullable Long before;

    @Option(
        names = "--priority",
        paramLabel = "N",
        description = "Jobs with a higher priority run first. Default: 0.")
    private @Nullable Integer priority;
  }

  @Override
  protected int run(LabClient client) throws Exception {
    ObjectNode move = Json.MAPPER.createObjectNode();
    if (place.first) {
      move.put("to", "first");
    } else if (place.last) {
      move.put("to", "last");
    } else if (place.before != null) {
      move.put("before", place.before);
    } else {
      move.put("priority", place.priority);
    }
    JsonNode moved = client.post("jobs/" + id + "/move", move);
    json.print(moved, JobText.of(moved));
    return 0;
  }
}
