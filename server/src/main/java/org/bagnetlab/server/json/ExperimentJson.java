package org.bagnetlab.server.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bagnetlab.experiment.Description;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Requirement;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.protocol.Json;

/**
 * The description of an experiment or a statistic, as shown by the API.
 *
 * @param parameters a JSON Schema with one property for each parameter, in order
 * @param interactive whether its jobs may run concurrently with the queue
 * @param analysed whether the dashboard shows its results as an analysis over networks and seeds
 */
public record ExperimentJson(
    String name,
    String label,
    String summary,
    Source source,
    SubjectJson subject,
    ObjectNode parameters,
    List<OutputJson> outputs,
    boolean interactive,
    boolean analysed) {

  /**
   * What an experiment is run on.
   *
   * @param kind {@code dataset}, {@code run}, {@code network} or {@code predictions}
   * @param requires properties that a network must have
   * @param architectures the networks that have them
   */
  public record SubjectJson(
      String kind, List<RequirementJson> requires, List<String> architectures) {

    static SubjectJson of(Subject subject, Catalogue catalogue) {
      return new SubjectJson(
          subject.kind().name().toLowerCase(Locale.ROOT),
          subject.requirements().stream().map(RequirementJson::of).toList(),
          subject.architectures(catalogue).toList());
    }
  }

  /** A required property of networks, and why a network without it cannot be chosen. */
  public record RequirementJson(String name, String reason) {

    static RequirementJson of(Requirement requirement) {
      return new RequirementJson(requirement.name(), requirement.reason());
    }
  }

  /**
   * An output of an experiment.
   *
   * @param reading how its numbers are read, if that is known
   */
  public record OutputJson(
      String name,
      String label,
      Output.Kind kind,
      String metric,
      Metric.Unit unit,
      Metric.Better better,
      boolean countsImages,
      List<Axis> axes,
      Optional<String> reading) {

    /** Converts an output. */
    public static OutputJson of(Output output) {
      return new OutputJson(
          output.name(),
          output.label(),
          output.kind(),
          output.metric().name(),
          output.metric().unit(),
          output.metric().better(),
          output.metric().countsImages(),
          output.axes(),
          output.reading().map(OutputReading::how));
    }
  }

  /** Converts a description. */
  public static ExperimentJson of(Description description, Catalogue catalogue, boolean analysed) {
    return new ExperimentJson(
        description.name(),
        description.label(),
        description.summary(),
        description.source(),
        SubjectJson.of(description.subject(), catalogue),
        schema(description, catalogue),
        description.outputs().stream().map(OutputJson::of).toList(),
        description instanceof Experiment<?> experiment && experiment.interactive(),
        analysed);
  }

  /** The JSON Schema of an experiment's parameters, in the order of their groups. */
  public static ObjectNode schema(Description description, Catalogue catalogue) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    Values values = new Values(catalogue);
    List<Parameter<?>> parameters = new ArrayList<>(description.parameters());
    parameters.sort(Comparator.comparing(Parameter::group));
    for (Parameter<?> parameter : parameters) {
      ObjectNode property = parameter.type().schema(values);
      property.put("title", parameter.label()).put("description", parameter.help());
      parameter.unit().ifPresent(unit -> property.put("unit", unit));
      property.put("group", parameter.group().label());
      if (parameter.isEssential()) {
        property.put("essential", true);
      }
      property.put("role", parameter.role().name().toLowerCase(Locale.ROOT));
      property.put("option", parameter.option());
      parameter.defaultValue().words().ifPresent(words -> property.put("otherwise", words));
      properties.set(parameter.name(), property);
      if (parameter.defaultValue().isRequired()) {
        required.add(parameter.name());
      }
    }
    return schema.put("additionalProperties", false);
  }
}
