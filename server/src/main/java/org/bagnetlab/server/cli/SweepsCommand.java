package org.bagnetlab.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List the sweeps, or show, hold, release or cancel one. */
@Command(
    name = "sweeps",
    description = "List the sweeps; with a name show that one, or hold, release or cancel it.",
    mixinStandardHelpOptions = true)
final class SweepsCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The sweep's name.")
  private @Nullable String name;

  @ArgGroup(multiplicity = "0..1")
  private Action action = new Action();

  /** One of these. */
  private static final class Action {
    @Option(names = "--hold", description = "Start none of its queued jobs; those that run go on.")
    private boolean hold;

    @Option(names = "--release", description = "Let its queued jobs run again.")
    private boolean release;

    @Option(
        names = "--cancel",
        description = "Cancel its jobs that have not ended and are of no other sweep.")
    private boolean cancel;

    private @Nullable String word() {
      return hold ? "hold" : release ? "release" : cancel ? "cancel" : null;
    }
  }

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    String word = action.word();
    if (name == null) {
      if (word != null) {
        throw new Failure("Name the sweep: ./bagnetlab sweeps NAME --%s".formatted(word));
      }
      list(client.get("sweeps"));
      return 0;
    }
    if (word != null) {
      JsonNode changed = client.post("sweeps/%s/%s".formatted(name, word), null);
      System.out.println(json ? Json.line(changed) : line(changed));
      if (!json && action.cancel && changed.path("counts").path("QUEUED").asInt() > 0) {
        System.out.println(
            "Jobs that other sweeps have, too, go on. Cancel one with: ./bagnetlab cancel ID");
      }
      return 0;
    }
    show(client.get("sweeps/" + name));
    return 0;
  }

  private void list(JsonNode all) {
    if (json) {
      System.out.println(Json.line(all));
      return;
    }
    if (all.path("sweeps").isEmpty()) {
      System.out.println("There are no sweeps. Queue one with: ./bagnetlab sweep --help");
    }
    all.path("sweeps").forEach(sweep -> System.out.println(line(sweep)));
  }

  private void show(JsonNode sweep) {
    if (json) {
      System.out.println(Json.line(sweep));
      return;
    }
    System.out.println(line(sweep));
    for (JsonNode job : sweep.path("jobs")) {
      System.out.println("  " + JobText.of(job));
    }
  }

  private static String line(JsonNode sweep) {
    List<String> counts = new ArrayList<>();
    sweep
        .path("counts")
        .properties()
        .forEach(entry -> counts.add(entry.getValue().asText() + " " + entry.getKey()));
    String how =
        sweep.has("hold")
            ? "held: " + sweep.path("hold").asText()
            : sweep.has("endedAt") ? "ended" : "open";
    return "%s (%s): %s".formatted(sweep.path("id").asText(), how, String.join(", ", counts));
  }
}
