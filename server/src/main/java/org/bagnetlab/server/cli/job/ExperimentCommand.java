package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.server.cli.terminal.Failure;
import org.bagnetlab.server.cli.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Queues a job of an experiment, with an option for each of its parameters. */
final class ExperimentCommand implements Callable<Integer> {

  private static final String JSON = "--json";

  private final Experiment<?> experiment;
  private final ServerOption server = new ServerOption();
  private final ParameterOptions options;
  private final OptionSpec json =
      OptionSpec.builder(JSON).type(boolean.class).description("Print one JSON object.").build();

  private final OptionSpec interactive =
      OptionSpec.builder("--interactive")
          .type(boolean.class)
          .description("Run it now, in parallel to the queue, on a few of the CPU's cores.")
          .build();

  private ExperimentCommand(Experiment<?> experiment) {
    this.experiment = experiment;
    this.options = ParameterOptions.of(experiment.parameters());
  }

  /** Creates the command of an experiment. */
  static CommandSpec of(Experiment<?> experiment) {
    ExperimentCommand command = new ExperimentCommand(experiment);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(experiment.name());
    spec.usageMessage().description(experiment.summary()).sortOptions(false);
    command.options.addTo(spec);
    if (experiment.interactive()) {
      spec.addOption(command.interactive);
    }
    spec.addOption(command.json);
    spec.addMixin("server", CommandSpec.forAnnotatedObject(command.server));
    return spec;
  }

  @Override
  public Integer call() throws Exception {
    LabClient client = server.client();
    ObjectNode request = request();
    warn(client, request);
    JsonNode job;
    try {
      job = client.post("jobs", request);
    } catch (Refused refused) {
      throw options.named(refused);
    }
    Boolean asJson = json.getValue();
    if (asJson != null && asJson) {
      System.out.println(Json.line(job));
    } else {
      System.out.printf(
          "Job %d %s: %s%n",
          job.path("id").asLong(),
          switch (job.path("state").asText()) {
            case "SUCCEEDED" -> "was done already";
            case "RUNNING" -> "is running already";
            default -> "is queued";
          },
          job.path("title").asText());
      System.out.printf(
          "Follow it with: ./bagnetlab watch %d%s%n", job.path("id").asLong(), server.again());
    }
    return 0;
  }

  /** Warns about values with which jobs failed before. The job is queued in any case. */
  private void warn(LabClient client, ObjectNode request) throws InterruptedException {
    try {
      client
          .post("experiments/%s/check".formatted(experiment.name()), request)
          .path("warnings")
          .forEach(warning -> System.err.println("Note: " + Terminal.line(warning.asText())));
    } catch (IOException | Failure e) {
      // The request that follows says what is wrong, if anything is.
    }
  }

  private ObjectNode request() {
    ObjectNode request = Json.MAPPER.createObjectNode().put("kind", experiment.name());
    options.putInto(request);
    if (Boolean.TRUE.equals(interactive.getValue())) {
      request.put("interactive", true);
    }
    return request;
  }
}
