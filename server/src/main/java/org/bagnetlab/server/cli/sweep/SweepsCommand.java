package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.job.FailureText;
import org.bagnetlab.server.cli.job.JobText;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Confirmation;
import org.bagnetlab.server.cli.terminal.Count;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.cost.CostText;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.results.importance.ImportanceTable;
import org.bagnetlab.server.results.importance.SweepImportance;
import org.bagnetlab.server.table.PlainText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the sweeps, or shows or changes one of them. */
@Command(
    name = "sweeps",
    description =
        "List the sweeps; with a name, show that sweep or apply one of these options to it.")
public final class SweepsCommand extends ServerCommand {

  private static final String FORECAST = "forecast";

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the sweep.")
  private @Nullable String name;

  @ArgGroup(multiplicity = "0..1")
  private Action action = new Action();

  /** The action; at most one of these. */
  private static final class Action {
    @Option(
        names = "--watch",
        description = "Follow the sweep until none of its jobs is queued or running.")
    private boolean watch;

    @Option(
        names = "--importance",
        description = "Show which settings matter for the validation accuracy of its trainings.")
    private boolean importance;

    @Option(
        names = "--hold",
        description =
            "Hold its queued jobs, except those shared with other sweeps; running jobs continue.")
    private boolean hold;

    @Option(names = "--release", description = "Release its queued jobs.")
    private boolean release;

    @Option(
        names = "--cancel",
        description = "Cancel its unfinished jobs, except those shared with others.")
    private boolean cancel;

    @Option(
        names = "--resume",
        description = "Release the sweep, and requeue failed and cancelled jobs.")
    private boolean resume;

    @Option(
        names = "--delete",
        description =
            "Delete the sweep with its jobs, results and files, except jobs shared with others.")
    private boolean delete;

    boolean none() {
      return !(watch || importance || hold || release || cancel || resume || delete);
    }
  }

  @Mixin private Confirmation confirmation = new Confirmation();

  @Override
  protected int run(LabClient client) throws Exception {
    if (name == null) {
      if (!action.none()) {
        throw new Failure(
            "Give the name of a sweep, for example: ./bagnetlab sweeps ladder --watch");
      }
      list(client);
      return 0;
    }
    String path = "sweeps/" + LabClient.part(name);
    if (action.cancel || action.delete) {
      var _ = client.get(path); // fails before asking if there is no such sweep
    }
    if (action.watch) {
      JsonNode sweep =
          new SweepProgress(client, json.chosen() ? System.err : System.out).follow(name);
      json.print(sweep, line(sweep));
      return sweep.has("endedAt") && !sweep.path("counts").has("FAILED") ? 0 : 1;
    } else if (action.importance) {
      show(client.text(path + "/importance"));
    } else if (action.hold) {
      JsonNode held = client.post(path + "/hold", null);
      json.print(held, line(held) + sharedJobs(held));
    } else if (action.release) {
      JsonNode released = client.post(path + "/release", null);
      json.print(released, line(released));
    } else if (action.cancel) {
      confirmation.demand("The unfinished jobs of sweep %s are cancelled.".formatted(name));
      JsonNode cancelled = client.post(path + "/cancel", null);
      json.print(cancelled, line(cancelled) + left(cancelled));
    } else if (action.resume) {
      JsonNode resumed = client.post(path + "/resume", null);
      int jobs = resumed.path("resumed").size();
      json.print(
          resumed,
          "%s%n%s"
              .formatted(
                  line(resumed), jobs == 0 ? "No jobs to requeue." : jobs(jobs) + " requeued."));
    } else if (action.delete) {
      confirmation.demand("Sweep %s is deleted with its jobs, results and files.".formatted(name));
      JsonNode deleted = client.delete(path);
      json.print(
          deleted,
          "Deleted sweep %s with %s, results and files."
              .formatted(name, jobs(deleted.path("jobs").size())));
    } else {
      show(client, client.get(path));
    }
    return 0;
  }

  private void show(String importance) throws JsonProcessingException {
    if (json.printed(Json.MAPPER.readTree(importance))) {
      return;
    }
    SweepImportance found = Json.MAPPER.readValue(importance, SweepImportance.class);
    if (found.datasets().isEmpty()) {
      System.out.println("None of its trainings has a result yet.");
    }
    found
        .datasets()
        .forEach(dataset -> System.out.print(PlainText.of(ImportanceTable.of(dataset, found))));
  }

  private static String jobs(int number) {
    return Count.of(number, "job");
  }

  private static String sharedJobs(JsonNode held) {
    return shared(held, "%nOther sweeps share %s, not held: %s.");
  }

  private static String left(JsonNode cancelled) {
    return shared(
        cancelled, "%nKept %s shared with others: %s. Queue the sweep again to restore it.");
  }

  private static String shared(JsonNode stopped, String words) {
    List<String> ids = new ArrayList<>();
    stopped.path("shared").forEach(id -> ids.add(id.asText()));
    return ids.isEmpty() ? "" : words.formatted(jobs(ids.size()), String.join(", ", ids));
  }

  private void list(LabClient client) throws IOException, InterruptedException {
    JsonNode all = client.get("sweeps");
    if (json.printed(all)) {
      return;
    }
    if (all.path("sweeps").isEmpty()) {
      System.out.println("There are no sweeps. Queue one with: ./bagnetlab sweep --help");
      return;
    }
    JsonNode forecast = client.get(FORECAST);
    all.path("sweeps").forEach(sweep -> System.out.println(line(sweep, forecast)));
  }

  private void show(LabClient client, JsonNode sweep) throws IOException, InterruptedException {
    if (json.printed(sweep)) {
      return;
    }
    System.out.println(line(sweep, client.get(FORECAST)));
    CostSumJson cost = Json.MAPPER.convertValue(sweep.path("cost"), CostSumJson.class);
    if (cost.jobs() > 0) {
      System.out.printf("  Used so far: %s.%n", CostText.of(cost));
    }
    if (sweep.path("counts").has("FAILED")) {
      String path = "failures?sweep=" + LabClient.part(sweep.path("id").asText());
      for (JsonNode failure : client.get(path).path("failures")) {
        System.out.printf("  %s, in all sweeps%n", FailureText.of(failure));
      }
    }
    for (JsonNode job : sweep.path("jobs")) {
      System.out.println("  " + JobText.of(job));
    }
  }

  private static String budget(JsonNode budget) {
    return budget.isMissingNode()
        ? ""
        : "; %s of %s device hours used"
            .formatted(hours(budget.path("usedHours")), hours(budget.path("hours")));
  }

  private static String hours(JsonNode hours) {
    return String.format(Locale.ROOT, "%.2f", hours.asDouble()).replaceFirst("\\.?0+$", "");
  }

  private static String line(JsonNode sweep, JsonNode forecast) {
    return line(sweep) + ForecastText.of(forecast, sweep.path("id").asText());
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
    return "%s (%s): %s%s"
        .formatted(
            sweep.path("id").asText(),
            how,
            String.join(", ", counts),
            budget(sweep.path("budget")));
  }
}
