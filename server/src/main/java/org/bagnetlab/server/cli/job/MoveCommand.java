package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes the places of queued jobs, which stay together. */
@Command(name = "move", description = "Change the places of queued jobs.")
public final class MoveCommand extends JobAction {

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
        names = "--after",
        paramLabel = "ID",
        description = "Move just after this job, and take its priority.")
    private @Nullable Long after;

    @Option(
        names = "--priority",
        paramLabel = "N",
        description = "Jobs with a higher priority run first. Default: 0.")
    private @Nullable Integer priority;
  }

  @Override
  ObjectNode change() {
    ObjectNode change = Json.MAPPER.createObjectNode();
    ObjectNode move = change.putObject("move");
    if (place.first) {
      move.put("to", "first");
    } else if (place.last) {
      move.put("to", "last");
    } else if (place.before != null) {
      move.put("before", place.before);
    } else if (place.after != null) {
      move.put("after", place.after);
    } else {
      move.put("priority", place.priority);
    }
    return change;
  }
}
