package org.bagnetlab.server.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.server.catalogue.Preset;
import org.bagnetlab.server.json.ExperimentJson;

/**
 * The OpenAPI description of the interface: the file on the class path, completed with schemas of
 * requests derived from the descriptions of experiments, and with the names of presets.
 */
public final class OpenApi {

  /** The path prefix of all operations. */
  public static final String ROOT = "/api/v1";

  private static final String SCHEMAS = "#/components/schemas/";
  private static final String FILE = "/org/bagnetlab/server/openapi.yaml";
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  /**
   * For each format of a name in a request, the schema that replaces it in a stored specification.
   */
  private static final Map<String, String> STORED_AS =
      Map.of(
          "weights",
          "StartingWeights",
          "starting-run",
          "StartingRun",
          "imported-network",
          "ImportedNetwork");

  private OpenApi() {}

  /** The complete description. */
  public static ObjectNode of(Catalogue catalogue) throws IOException {
    try (InputStream stream = OpenApi.class.getResourceAsStream(FILE)) {
      ObjectNode contract = (ObjectNode) YAML.readTree(Objects.requireNonNull(stream));
      ObjectNode schemas = (ObjectNode) contract.at("/components/schemas");
      ArrayNode requests = ((ObjectNode) schemas.get("JobRequest")).putArray("oneOf");
      ArrayNode specs = ((ObjectNode) schemas.get("JobSpec")).putArray("oneOf");
      for (Experiment<?> experiment : Experiments.all()) {
        add(schemas, requests, name(experiment) + "Request", request(experiment, catalogue));
        add(schemas, specs, name(experiment) + "Spec", specification(experiment, catalogue));
      }
      schemas.set("TrainingSettings", settings(catalogue));
      ArrayNode presets =
          ((ObjectNode) schemas.at("/PresetSweep/properties/preset")).putArray("enum");
      Preset.NAMES.forEach(presets::add);
      return contract;
    }
  }

  /** All operations. */
  public static List<ContractOperation> operations() {
    try (InputStream stream = OpenApi.class.getResourceAsStream(FILE)) {
      List<ContractOperation> operations = new ArrayList<>();
      for (Map.Entry<String, JsonNode> path :
          YAML.readTree(Objects.requireNonNull(stream)).path("paths").properties()) {
        for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
          if (method.getValue().has("operationId")) {
            operations.add(
                ContractOperation.of(
                    method.getValue().path("operationId").asText(),
                    method.getValue().path("summary").asText(),
                    method.getKey().toUpperCase(Locale.ROOT),
                    path.getKey()));
          }
        }
      }
      return operations;
    } catch (IOException e) {
      throw new UncheckedIOException("the contract cannot be read", e);
    }
  }

  private static void add(ObjectNode schemas, ArrayNode union, String name, ObjectNode schema) {
    schemas.set(name, schema);
    union.addObject().put("$ref", SCHEMAS + name);
  }

  /** The description as the text of a file. */
  public static String text(Catalogue catalogue) throws IOException {
    return YAML.writeValueAsString(of(catalogue));
  }

  /** The name of an experiment in schemas: {@code Heatmap} for {@code heatmap}. */
  private static String name(Experiment<?> experiment) {
    StringBuilder name = new StringBuilder();
    for (String word : experiment.name().split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.toString();
  }

  private static ObjectNode request(Experiment<?> experiment, Catalogue catalogue) {
    ObjectNode schema = ExperimentJson.schema(experiment, catalogue);
    schema.put("description", experiment.summary());
    ObjectNode properties = schema.withObject("/properties");
    properties.putObject("kind").put("const", experiment.name());
    properties.putObject("sweep").put("$ref", SCHEMAS + "NameOfSweep");
    properties.putObject("priority").put("$ref", SCHEMAS + "Priority");
    if (experiment.interactive()) {
      properties.putObject("interactive").put("$ref", SCHEMAS + "Interactive");
    }
    schema.withArray("/required").add("kind");
    return schema;
  }

  /**
   * The schema of a stored specification: a request with all defaults filled in, after bounds were
   * checked and weights looked up.
   */
  private static ObjectNode specification(Experiment<?> experiment, Catalogue catalogue) {
    ObjectNode schema = YAML.createObjectNode().put("type", "object");
    ArrayNode required = schema.putArray("required").add("kind");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("kind").put("const", experiment.name());
    Values values = new Values(catalogue);
    for (Parameter<?> parameter : experiment.parameters()) {
      properties.set(parameter.name(), stored(parameter, values));
      if (!parameter.defaultValue().absent()) {
        required.add(parameter.name());
      }
    }
    return schema;
  }

  /**
   * The schema of the settings that the networks of a row were trained with; few of them are known
   * for an imported network.
   */
  private static ObjectNode settings(Catalogue catalogue) {
    ObjectNode schema = YAML.createObjectNode().put("type", "object");
    schema.put("description", "How networks were trained, as far as numbers depend on it");
    ObjectNode properties = schema.putObject("properties");
    Values values = new Values(catalogue);
    for (Parameter<?> parameter : TrainExperiment.DISTINGUISHING) {
      properties.set(parameter.name(), stored(parameter, values));
    }
    return schema;
  }

  /** The schema of a parameter's value in a stored job. */
  private static ObjectNode stored(Parameter<?> parameter, Values values) {
    ObjectNode asked = parameter.type().schema(values);
    ObjectNode property = YAML.createObjectNode();
    Optional<String> stored = Optional.ofNullable(STORED_AS.get(asked.path("format").asText()));
    if (stored.isPresent()) {
      property.put("$ref", SCHEMAS + stored.get());
    } else {
      property.set("type", asked.get("type"));
    }
    if (parameter.defaultValue().absent()) {
      parameter
          .defaultValue()
          .words()
          .ifPresent(words -> property.put("description", "Absent: " + words));
    }
    return property;
  }
}
