package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a note about a run. */
@Command(
    name = "note",
    description = "Write a note about a run, in place of its earlier one; without TEXT, remove it.")
public final class NoteCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "Run (the training's job ID).")
  private long id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "At most 2000 characters.")
  private List<String> text = List.of();

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode noted =
        client.put(
            "runs/%d/note".formatted(id),
            Json.MAPPER.createObjectNode().put("note", String.join(" ", text)));
    json.print(noted, AnnotationText.of(noted));
    return 0;
  }
}
