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
    JsonNode tagged = names.isEmpty() ? AnnotationText.read(client, id) : change(client);
    json.print(tagged, AnnotationText.of(tagged));
    return 0;
  }

  private JsonNode change(LabClient client) throws IOException, InterruptedException {
    ObjectNode request = Json.MAPPER.createObjectNode();
    names.forEach(request.putArray(remove ? "remove" : "add")::add);
    return client.patch("runs/%d/tags".formatted(id), request);
  }
}
