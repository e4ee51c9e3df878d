package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.server.catalogue.VisionCatalogue;
import org.bagnetlab.server.cli.lab.Refused;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.weights.WeightsStore;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** An option for each parameter of an experiment. */
public final class ParameterOptions {

  private final Map<Parameter<?>, OptionSpec> options = new LinkedHashMap<>();

  private ParameterOptions() {}

  /** Options of which those are required that have no default. */
  static ParameterOptions of(List<Parameter<?>> parameters) {
    return of(parameters, parameter -> parameter.defaultValue().isRequired());
  }

  /** Options of which some are required. */
  public static ParameterOptions of(
      List<Parameter<?>> parameters, Predicate<Parameter<?>> required) {
    // Help texts need only the networks, which are built in, so no store is opened.
    Values values =
        new Values(
            new VisionCatalogue(new DatasetStore(Path.of("")), new WeightsStore(Path.of(""))));
    ParameterOptions all = new ParameterOptions();
    for (Parameter<?> parameter : parameters) {
      all.options.put(parameter, option(parameter, values, required.test(parameter)));
    }
    return all;
  }

  /** Adds the options to a command. */
  public void addTo(CommandSpec command) {
    options.values().forEach(command::addOption);
  }

  /** Puts the values that a user has set into a request. */
  public void putInto(ObjectNode request) {
    options.forEach(
        (parameter, option) -> {
          Object value = option.getValue();
          if (value != null) {
            request.set(parameter.name(), Json.MAPPER.valueToTree(value));
          }
        });
  }

  /** A refusal, with the option in place of the parameter if its message begins with that. */
  Refused named(Refused refused) {
    String message = String.valueOf(refused.getMessage());
    return options.keySet().stream()
        .filter(parameter -> message.startsWith(parameter.name() + " "))
        .findFirst()
        .map(
            parameter ->
                new Refused(
                    refused.field(),
                    parameter.option() + message.substring(parameter.name().length())))
        .orElse(refused);
  }

  private static <T> OptionSpec option(Parameter<T> parameter, Values values, boolean required) {
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
        .required(required)
        .description(description.stream().map(ParameterOptions::literal).toArray(String[]::new))
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
}
