package org.bagnetlab.server.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.ServerOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a note about a run. */
@Command(
    name = "note",
    description = "Write a note about a run, in place of its earlier one; without TEXT, remove it.",
    mixinStandardHelpOptions = true)
public final class NoteCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "ID", description = "Run (the training's job ID).")
  private long id;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "At most 2000 characters.")
  private List<String> text = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    JsonNode noted =
        server
            .client()
            .put(
                "runs/%d/note".formatted(id),
                Json.MAPPER.createObjectNode().put("note", String.join(" ", text)));
    System.out.println(json ? Json.line(noted) : AnnotationText.of(noted));
    return 0;
  }
}
