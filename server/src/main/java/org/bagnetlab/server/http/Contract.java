package org.bagnetlab.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.queue.spec.JobSpecReader;
import org.bagnetlab.server.json.ExperimentJson;

/**
 * The description of the interface: the file on the class path, with the schemas of requests that
 * follow from the descriptions of experiments.
 */
public final class Contract {

  private static final String FILE = "/org/bagnetlab/server/openapi.yaml";
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private Contract() {}

  /** The whole of it. */
  public static ObjectNode of(Catalogue catalogue) throws IOException {
    try (InputStream stream = Contract.class.getResourceAsStream(FILE)) {
      ObjectNode contract = (ObjectNode) YAML.readTree(Objects.requireNonNull(stream));
      ObjectNode schemas = (ObjectNode) contract.at("/components/schemas");
      ArrayNode requests = ((ObjectNode) schemas.get("JobRequest")).putArray("oneOf");
      for (Experiment<?> experiment : Experiments.all()) {
        String name = name(experiment);
        schemas.set(name, request(experiment, catalogue));
        requests.addObject().put("$ref", "#/components/schemas/" + name);
      }
      return contract;
    }
  }

  /** As a file. */
  static String text(Catalogue catalogue) throws IOException {
    return YAML.writeValueAsString(of(catalogue));
  }

  /** {@code HeatmapRequest} of {@code heatmap}. */
  private static String name(Experiment<?> experiment) {
    StringBuilder name = new StringBuilder();
    for (String word : experiment.name().split("-", -1)) {
      name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return name.append("Request").toString();
  }

  private static ObjectNode request(Experiment<?> experiment, Catalogue catalogue) {
    ObjectNode schema = ExperimentJson.schema(experiment, catalogue);
    schema.put("description", experiment.summary());
    ObjectNode properties = schema.withObject("/properties");
    properties.putObject("kind").put("const", experiment.name());
    properties
        .putObject("sweep")
        .put("type", "string")
        .put("description", "A sweep that the job is added to");
    properties
        .putObject("priority")
        .put("type", "integer")
        .put("minimum", -JobSpecReader.LARGEST_PRIORITY)
        .put("maximum", JobSpecReader.LARGEST_PRIORITY);
    schema.withArray("/required").add("kind");
    return schema;
  }
}
