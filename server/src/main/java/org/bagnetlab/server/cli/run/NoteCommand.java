package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a note about a run. */
@Command(
    name = "note",
    description = "Write a note about a run, in place of its earlier one; without TEXT, show it.")
public final class NoteCommand extends ServerCommand {

  @Parameters(index = "0", paramLabel = "ID", description = "Run (the training's job ID).")
  private long id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "At most 2000 characters.")
  private List<String> text = List.of();

  @Option(names = "--remove", description = "Remove the note.")
  private boolean remove;

  @Spec private @Nullable CommandSpec command;

  @Override
  protected int run(LabClient client) throws Exception {
    if (remove && !text.isEmpty()) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(), "Give either a text or --remove.");
    }
    JsonNode noted =
        remove || !text.isEmpty()
            ? client.put(
                "runs/%d/note".formatted(id),
                Json.MAPPER.createObjectNode().put("note", String.join(" ", text)))
            : AnnotationText.read(client, id);
    json.print(noted, AnnotationText.of(noted));
    return 0;
  }
}
