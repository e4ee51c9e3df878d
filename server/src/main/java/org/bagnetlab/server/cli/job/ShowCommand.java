package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.experiment.statistic.Statistic;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.device.DevicesCommand;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cost.CostText;
import org.bagnetlab.server.json.JobCostJson;
import org.bagnetlab.server.results.run.Trouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a job with its timeline and results. */
@Command(name = "show", description = "Show a job: its history and results.")
public final class ShowCommand extends ServerCommand {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  @Parameters(paramLabel = "ID", description = "Job ID.")
  private long id;

  @ArgGroup(multiplicity = "0..1")
  private Part part = new Part();

  /** The part to show instead of the whole job. */
  private static final class Part {
    @Option(names = "--results", description = "Print each number that it measured, as JSON.")
    private boolean results;

    @Option(
        names = "--duplicates",
        description = "Print its test images that are also among its training images, as JSON.")
    private boolean duplicates;

    @Option(
        names = "--statistic",
        paramLabel = "NAME",
        completionCandidates = StatisticNames.class,
        description = "Print a statistic of its predictions as JSON: ${COMPLETION-CANDIDATES}.")
    private @Nullable String statistic;

    /** The path of the part; empty if the whole job was requested. */
    Optional<String> path() {
      if (results) {
        return Optional.of("results");
      }
      return duplicates
          ? Optional.of("duplicates")
          : Optional.ofNullable(statistic).map(name -> "statistics/" + LabClient.part(name));
    }
  }

  /** The names of the statistics, for the help text. */
  static final class StatisticNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Statistic.all().stream().map(Statistic::name).iterator();
    }
  }

  @Override
  protected int run(LabClient client) throws Exception {
    Optional<String> asked = part.path();
    if (asked.isPresent()) {
      System.out.println(Json.line(client.get("runs/%d/%s".formatted(id, asked.get()))));
      return 0;
    }
    JsonNode run = client.get("runs/" + id);
    JsonNode job = client.get("jobs/" + id);
    JsonNode transitions = client.get("jobs/%d/timeline".formatted(id)).path("transitions");
    if (json.chosen()) {
      ObjectNode whole = run.deepCopy();
      whole.set("job", job);
      whole.set("transitions", transitions);
      System.out.println(Json.line(whole));
      return 0;
    }
    System.out.println(JobText.of(job));
    if (job.path("state").asText().equals("QUEUED") && JobText.waiting(job).isEmpty()) {
      DevicesCommand.printRefusals(client);
    }
    for (JsonNode transition : transitions) {
      System.out.printf(
          "  %s  %-11s  %s%n",
          time(transition), transition.path("to").asText(), transition.path("cause").asText());
    }
    for (JsonNode epoch : run.path("history")) {
      System.out.printf(
          "  epoch %3d  train %.3f (loss %.3f)  validation %.3f (loss %.3f)%s%n",
          epoch.path("epoch").asInt(),
          epoch.path("trainAccuracy").asDouble(),
          epoch.path("trainLoss").asDouble(),
          epoch.path("validationAccuracy").asDouble(),
          epoch.path("validationLoss").asDouble(),
          epoch.path("best").asBoolean() ? "  best so far" : "");
    }
    for (var result : run.path("results").properties()) {
      System.out.printf(
          "  %-10s %.3f  (95 %%: %.3f to %.3f, %d images)%n",
          result.getKey(),
          result.getValue().path("accuracy").asDouble(),
          result.getValue().path("low").asDouble(),
          result.getValue().path("high").asDouble(),
          result.getValue().path("images").asInt());
    }
    if (run.has("cost")) {
      System.out.printf(
          "  Cost: %s.%n",
          CostText.of(Json.MAPPER.convertValue(run.path("cost"), JobCostJson.class)));
    }
    // The error of a training that failed says what went wrong.
    Trouble.of(run)
        .filter(any -> !run.path("state").asText().equals("FAILED"))
        .ifPresent(trouble -> System.out.println("  " + sentences(run, trouble)));
    if (run.has("unknown")) {
      System.out.printf(
          "  This version has %s, so the numbers of this job are in no table.%n",
          run.path("unknown").asText());
    }
    for (JsonNode artifact : run.path("artifacts")) {
      System.out.printf(
          "  %-18s %-34s %s%n",
          artifact.path("kind").asText(),
          artifact.path("name").asText(),
          artifact.path("url").asText());
    }
    return 0;
  }

  private static String sentences(JsonNode run, Trouble trouble) {
    String what =
        "%s%s. %s"
            .formatted(
                trouble.text(),
                run.has("troubleSince")
                    ? ", from epoch %d on".formatted(run.path("troubleSince").asInt())
                    : "",
                trouble.advice());
    return run.path("state").asText().equals("SUCCEEDED")
        ? "This training learnt nothing: " + what + " " + Trouble.LEFT_OUT
        : Character.toUpperCase(what.charAt(0)) + what.substring(1);
  }

  private static String time(JsonNode transition) {
    return TIME.format(
        Instant.parse(transition.path("at").asText()).atZone(ZoneId.systemDefault()));
  }
}
