package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds tags to a run, or removes some. */
@Command(name = "tag", description = "Add tags to a run; without any, show those that it has.")
public final class TagCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "Run (the training's job ID).")
  private long id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "1 to 32 letters, digits, dots, hyphens and underscores; at most 20 tags.")
  private List<String> names = List.of();

  @Option(names = "--remove", description = "Remove these tags instead.")
  private boolean remove;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode tagged = names.isEmpty() ? read(client) : change(client);
    json.print(tagged, AnnotationText.of(tagged));
    return 0;
  }

  private JsonNode change(LabClient client) throws IOException, InterruptedException {
    ObjectNode request = Json.MAPPER.createObjectNode();
    names.forEach(request.putArray(remove ? "remove" : "add")::add);
    return client.patch("runs/%d/tags".formatted(id), request);
  }

  /** Reads the annotations of the run, in the same form as the response to a change. */
  private JsonNode read(LabClient client) throws IOException, InterruptedException {
    JsonNode run = client.get("runs/" + id);
    ObjectNode annotation = Json.MAPPER.createObjectNode().put("job", id);
    for (String part : List.of("tags", "note")) {
      if (run.has(part)) {
        annotation.set(part, run.path(part));
      }
    }
    return annotation;
  }
}
