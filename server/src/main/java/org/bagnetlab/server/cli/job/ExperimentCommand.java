package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.cli.lab.ServerOption;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Queues a job of an experiment, with an option for each of its parameters. */
final class ExperimentCommand implements Callable<Integer> {

  private static final String JSON = "--json";

  private final Experiment<?> experiment;
  private final ServerOption server = new ServerOption();
  private final Map<Parameter<?>, OptionSpec> options = new LinkedHashMap<>();
  private final OptionSpec json =
      OptionSpec.builder(JSON).type(boolean.class).description("Print one JSON object.").build();

  private final OptionSpec interactive =
      OptionSpec.builder("--interactive")
          .type(boolean.class)
          .description("Run it now, in parallel to the queue, on a few of the CPU's cores.")
          .build();

  private ExperimentCommand(Experiment<?> experiment) {
    this.experiment = experiment;
  }

  /** Creates the command of an experiment. */
  static CommandSpec of(Experiment<?> experiment) {
    ExperimentCommand command = new ExperimentCommand(experiment);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(experiment.name());
    spec.usageMessage().description(experiment.summary()).sortOptions(false);
    // Help texts need only the networks, which are built in, so no store is opened.
    Values values =
        new Values(
            new VisionCatalogue(new DatasetStore(Path.of("")), new WeightsStore(Path.of(""))));
    for (Parameter<?> parameter : experiment.parameters()) {
      OptionSpec option = option(parameter, values);
      command.options.put(parameter, option);
      spec.addOption(option);
    }
    if (experiment.interactive()) {
      spec.addOption(command.interactive);
    }
    spec.addOption(command.json);
    spec.addMixin("server", CommandSpec.forAnnotatedObject(command.server));
    return spec;
  }

  private static <T> OptionSpec option(Parameter<T> parameter, Values values) {
    List<String> description = new ArrayList<>();
    description.add(parameter.help());
    String choices = parameter.type().words(values);
    if (!choices.isEmpty()) {
      description.add("%s%s.".formatted(choices, parameter.unit().map(" "::concat).orElse("")));
    }
    parameter.defaultValue().words().ifPresent(words -> description.add("Default: " + words + "."));
    return OptionSpec.builder(parameter.option())
        .paramLabel(label(parameter))
        .type(type(parameter, values))
        .required(parameter.defaultValue().isRequired())
        .description(description.stream().map(ExperimentCommand::literal).toArray(String[]::new))
        .build();
  }

  private static String label(Parameter<?> parameter) {
    return parameter.option().substring(2).toUpperCase(Locale.ROOT);
  }

  /** Escapes percent signs, since picocli treats help texts as format strings. */
  private static String literal(String text) {
    return text.replace("%", "%%");
  }

  private static Class<?> type(Parameter<?> parameter, Values values) {
    return switch (parameter.type().schema(values).path("type").asText()) {
      case "integer" -> Long.class;
      case "number" -> Double.class;
      default -> String.class;
    };
  }

  @Override
  public Integer call() throws Exception {
    JsonNode job = server.client().post("jobs", request());
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

  private ObjectNode request() {
    ObjectNode request = Json.MAPPER.createObjectNode().put("kind", experiment.name());
    options.forEach(
        (parameter, option) -> {
          Object value = option.getValue();
          if (value != null) {
            request.set(parameter.name(), Json.MAPPER.valueToTree(value));
          }
        });
    if (Boolean.TRUE.equals(interactive.getValue())) {
      request.put("interactive", true);
    }
    return request;
  }
}
