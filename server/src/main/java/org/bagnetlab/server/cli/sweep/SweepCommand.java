package org.bagnetlab.server.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.queue.store.LikeJobs;
import org.bagnetlab.server.catalogue.Preset;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.server.cli.lab.ServerCommand;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import org.bagnetlab.server.cost.CostText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues a sweep: many jobs at once. */
@Command(
    name = "sweep",
    description = "Queue a sweep: many jobs at once, from a YAML file or a preset.",
    footer = {
      "",
      "Example of a file:",
      "  name: ladder",
      "  base: {dataset: controlled-15, epochs: 6}",
      "  grid: {architecture: [bagnet9, bagnet33], seed: [1, 2, 3]}",
      "  then: [{kind: heatmap, stride: 8}]",
      "See docs/sweeps.md for all settings.",
    })
public final class SweepCommand extends ServerCommand {

  private static final YAMLMapper YAML = new YAMLMapper();

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  /** The names of the presets, for the help text. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Preset.NAMES.iterator();
    }
  }

  /** The source of the sweep; exactly one of these is required. */
  private static final class Source {
    @Parameters(paramLabel = "FILE", description = "YAML file of a sweep.")
    private @Nullable Path file;

    @Option(
        names = "--preset",
        paramLabel = "NAME",
        completionCandidates = PresetNames.class,
        description = "${COMPLETION-CANDIDATES}.")
    private @Nullable String preset;
  }

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the sweep. Default: that of the file or preset.")
  private @Nullable String name;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description =
          "Override a setting for all jobs of a preset, for example --set dataset=scene15. May be repeated.")
  private List<String> settings = List.of();

  @Option(
      names = "--check",
      description =
          "Queue nothing: count the jobs, list what is wrong, and warn of values that failed before.")
  private boolean check;

  @Override
  protected int run(LabClient client) throws Exception {
    JsonNode submitted = submit(client, check ? "sweeps/check" : "sweeps");
    if (json.printed(submitted)) {
      return submitted.path("problems").isEmpty() ? 0 : 1;
    }
    if (check) {
      return checked(submitted);
    }
    int jobs = submitted.path("jobs").size();
    int reused = submitted.path("reused").size();
    System.out.printf(
        "Sweep %s has %d job%s%s.%n",
        submitted.path("id").asText(),
        jobs,
        jobs == 1 ? "" : "s",
        reused == 0 ? "" : ", %d of them reused and not run again".formatted(reused));
    String id = submitted.path("id").asText();
    int without = submitted.path("withoutResult").size();
    if (without > 0) {
      System.out.printf(
          "%d of them failed or were cancelled. Run them again with: ./bagnetlab sweeps %s --resume%s%n",
          without, id, server.again());
    }
    System.out.printf("Watch it with: ./bagnetlab sweeps %s --watch%s%n", id, server.again());
    return 0;
  }

  private int checked(JsonNode answer) throws IOException {
    JsonNode problems = answer.path("problems");
    for (JsonNode problem : problems) {
      Refused refused =
          new Refused(problem.path("field").asText(), problem.path("detail").asText());
      Path file = source.file;
      System.out.println((file == null ? refused : YamlFile.read(file).at(refused)).getMessage());
    }
    if (problems.isEmpty()) {
      System.out.printf(
          "Trainings: %d. Jobs on their networks: %d.%n",
          answer.path("trainings").asInt(), answer.path("about").asInt());
      int timed = answer.path("timed").asInt();
      if (timed > 0) {
        System.out.printf(
            "%d of the trainings would take %s, %s, if none exists yet and none ends early.%n",
            timed,
            CostText.deviceTime(answer.path("deviceSeconds").asDouble()),
            answer.path("judgedBy").asText().equals(LikeJobs.Basis.OTHER_NETWORKS.name())
                ? "a rough guess from other networks"
                : "judged by those like them");
      }
    }
    answer
        .path("warnings")
        .forEach(warning -> System.out.println("Note: " + Terminal.line(warning.asText())));
    return problems.isEmpty() ? 0 : 1;
  }

  private JsonNode submit(LabClient client, String path) throws IOException, InterruptedException {
    if (source.file == null) {
      ObjectNode request = Json.MAPPER.createObjectNode().put("preset", source.preset);
      for (String setting : settings) {
        add(setting, request);
      }
      return client.post(path, named(request));
    }
    if (!settings.isEmpty()) {
      throw new Failure("--set applies to presets only; change base in the file instead.");
    }
    YamlFile file = YamlFile.read(source.file);
    if (!(file.content() instanceof ObjectNode sweep)) {
      throw new Failure(
          "%s must have name, base and grid. See: ./bagnetlab sweep --help".formatted(source.file));
    }
    try {
      return client.post(path, named(sweep));
    } catch (Refused refused) {
      throw file.at(refused);
    }
  }

  private static void add(String setting, ObjectNode request) throws IOException {
    int sign = setting.indexOf('=');
    if (sign < 1) {
      throw new Failure("--set must have the form SETTING=VALUE, but is '%s'.".formatted(setting));
    }
    String name = setting.substring(0, sign);
    if (request.replace(name, YAML.readTree(setting.substring(sign + 1))) != null) {
      throw new Failure("--set is given more than once for %s.".formatted(name));
    }
  }

  private ObjectNode named(ObjectNode request) {
    Optional.ofNullable(name).ifPresent(other -> request.put("name", other));
    return request;
  }
}
