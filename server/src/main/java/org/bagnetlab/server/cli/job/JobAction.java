package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Parameters;

/** A command that makes the server change jobs, all or none, and shows them. */
abstract class JobAction extends ServerCommand {

  @Parameters(paramLabel = "ID", arity = "1..*", description = "Job IDs.")
  private List<Long> ids = List.of();

  /** What is done with the jobs, as the HTTP interface names it. */
  abstract ObjectNode change();

  /** A change that needs no more than its name. */
  static ObjectNode action(String name) {
    return Json.MAPPER.createObjectNode().put("action", name);
  }

  @Override
  protected int run(LabClient client) throws Exception {
    ObjectNode change = change();
    ids.forEach(change.putArray("jobs")::add);
    JsonNode changed = client.post("jobs/change", change);
    JsonNode jobs = changed.path("jobs");
    if (!json.printed(jobs.size() == 1 ? jobs.path(0) : changed)) {
      jobs.forEach(job -> System.out.println(JobText.of(job)));
    }
    return 0;
  }
}
