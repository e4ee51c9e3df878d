package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.job.JobText;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** List the sweeps, or show one, or do something with it. */
@Command(
    name = "sweeps",
    description = "List the sweeps; with a name show that one, or do one of these with it.",
    mixinStandardHelpOptions = true)
public final class SweepsCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The sweep's name.")
  private @Nullable String name;

  @ArgGroup(multiplicity = "0..1")
  private Action action = new Action();

  /** One of these. */
  private static final class Action {
    @Option(names = "--watch", description = "Follow it until none of its jobs waits or runs.")
    private boolean watch;

    @Option(
        names = "--hold",
        description =
            "Start none of its queued jobs, unless others have them; running jobs continue.")
    private boolean hold;

    @Option(names = "--release", description = "Let its queued jobs run again.")
    private boolean release;

    @Option(
        names = "--cancel",
        description =
            "Cancel its jobs that have not ended. Those that others have, too, are left to them.")
    private boolean cancel;

    @Option(
        names = "--resume",
        description = "Release it, and run failed and cancelled jobs again.")
    private boolean resume;

    @Option(
        names = "--delete",
        description =
            "Delete it with its jobs, their results and files, unless others have them, too.")
    private boolean delete;

    boolean none() {
      return !(watch || hold || release || cancel || resume || delete);
    }
  }

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private ServerOption server = new ServerOption();

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    if (name == null) {
      if (!action.none()) {
        throw new Failure("Name the sweep, for example: ./bagnetlab sweeps ladder --watch");
      }
      list(client.get("sweeps"));
      return 0;
    }
    String path = "sweeps/" + LabClient.part(name);
    if (action.watch) {
      JsonNode sweep = new SweepProgress(client, json ? System.err : System.out).follow(name);
      System.out.println(json ? Json.line(sweep) : line(sweep));
      return sweep.has("endedAt") && !sweep.path("counts").has("FAILED") ? 0 : 1;
    } else if (action.hold) {
      JsonNode held = client.post(path + "/hold", null);
      print(held, line(held) + sharedJobs(held));
    } else if (action.release) {
      JsonNode released = client.post(path + "/release", null);
      print(released, line(released));
    } else if (action.cancel) {
      JsonNode cancelled = client.post(path + "/cancel", null);
      print(cancelled, line(cancelled) + left(cancelled));
    } else if (action.resume) {
      JsonNode resumed = client.post(path + "/resume", null);
      int jobs = resumed.path("resumed").size();
      print(
          resumed,
          "%s%n%s"
              .formatted(
                  line(resumed),
                  jobs == 0 ? "There was nothing to run again." : jobs(jobs) + " queued again."));
    } else if (action.delete) {
      JsonNode deleted = client.delete(path);
      print(
          deleted,
          "Sweep %s is deleted, with %s, their results and their files."
              .formatted(name, jobs(deleted.path("jobs").size())));
    } else {
      show(client.get(path));
    }
    return 0;
  }

  private void print(JsonNode answer, String words) {
    System.out.println(json ? Json.line(answer) : words);
  }

  private static String jobs(int number) {
    return number == 1 ? "1 job" : number + " jobs";
  }

  private static String sharedJobs(JsonNode held) {
    return shared(held, "%nOther sweeps share %s of it, which continue: %s.");
  }

  private static String left(JsonNode cancelled) {
    return shared(
        cancelled,
        "%nOthers have %s of it, too, left to them: %s. Queue the sweep again to have it back.");
  }

  private static String shared(JsonNode stopped, String words) {
    List<String> ids = new ArrayList<>();
    stopped.path("shared").forEach(id -> ids.add(id.asText()));
    return ids.isEmpty() ? "" : words.formatted(jobs(ids.size()), String.join(", ", ids));
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
    if (counts.isEmpty()) {
      counts.add("its jobs were deleted");
    }
    String how =
        sweep.has("hold")
            ? "held: " + Terminal.line(sweep.path("hold").asText())
            : sweep.has("endedAt") ? "ended" : "open";
    return "%s (%s): %s".formatted(sweep.path("id").asText(), how, String.join(", ", counts));
  }
}
