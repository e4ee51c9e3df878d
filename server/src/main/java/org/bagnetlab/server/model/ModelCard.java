package org.bagnetlab.server.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.vision.dataset.Normalisation;

/**
 * Writes the {@code README.md} of a network for a model hub, with its results in {@code
 * model-index}.
 */
public final class ModelCard {

  private static final YAMLMapper YAML = new YAMLMapper();

  private ModelCard() {}

  /**
   * Writes a model card.
   *
   * @param run what the server says about the run
   * @param label display name of the network
   */
  public static String of(JsonNode run, ExportedNetwork network, String label) throws IOException {
    String dataset = run.path("spec").path("dataset").asText();
    int size = network.architecture().input().image().height();
    return "%s---\n\n# %s on %s\n\n%s\n## Results\n\n%s\n## Use\n\n%s\n## Limits\n\n%s\n## Training\n\n%s\n## Provenance\n\n%s"
        .formatted(
            YAML.writeValueAsString(index(run, label, dataset)),
            label,
            dataset,
            introduction(run, network, label, dataset),
            results(run),
            use(network, size),
            limits(network, dataset, size),
            table(run.path("spec")),
            table(run.path("provenance")));
  }

  /** What model hubs read: {@code model-index} in the format of Papers with Code. */
  private static ObjectNode index(JsonNode run, String label, String dataset) {
    ObjectNode card = Json.MAPPER.createObjectNode();
    card.put("pipeline_tag", "image-classification");
    card.putArray("tags")
        .add("image-classification")
        .add(run.path("spec").path("architecture").asText());
    card.putArray("metrics").add("accuracy");
    ObjectNode model = card.putArray("model-index").addObject();
    model.put("name", "%s on %s".formatted(label, dataset));
    ObjectNode result = model.putArray("results").addObject();
    result.putObject("task").put("type", "image-classification");
    result
        .putObject("dataset")
        .put("name", dataset)
        .put("type", dataset)
        .put("split", "test")
        .put("revision", run.path("provenance").path("datasetChecksum").asText());
    result
        .putArray("metrics")
        .addObject()
        .put("type", "accuracy")
        .put("name", "Test accuracy")
        .put("value", run.path("results").path("test").path("accuracy").asDouble());
    return card;
  }

  private static String introduction(
      JsonNode run, ExportedNetwork network, String label, String dataset) {
    String local =
        network
            .architecture()
            .localReceptiveField()
            .map(
                field ->
                    " Its logits are the mean of the logits of patches of %d x %d pixels."
                        .formatted(field, field))
            .orElse("");
    return "%s for the %d classes of %s, trained %s by Bagnet Lab.%s\n"
        .formatted(
            label,
            network.architecture().classes(),
            dataset,
            run.path("regime").asText("here"),
            local);
  }

  private static String results(JsonNode run) {
    StringBuilder table =
        new StringBuilder(
            "| images | accuracy | 95 % interval over images | number |\n|---|---|---|---|\n");
    for (Map.Entry<String, JsonNode> set : run.path("results").properties()) {
      JsonNode result = set.getValue();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %.3f to %.3f | %d |%n",
              set.getKey(),
              result.path("accuracy").asDouble(),
              result.path("low").asDouble(),
              result.path("high").asDouble(),
              result.path("images").asInt()));
    }
    return table.toString();
  }

  private static String use(ExportedNetwork network, int size) {
    String map =
        network.architecture().localReceptiveField().isPresent()
            ? "The output `%s` has the logits of each patch, [batch, classes, rows, columns].\n"
                .formatted(OnnxModel.LOGIT_MAP)
            : "";
    return """
        `model.safetensors` has the weights, with the names of the public checkpoints; `model.onnx` is the same network.
        The input `%s` has images of %d x %d pixels, red, green and blue from 0 to 1, minus %s, divided by %s.
        The output `%s` has the logits of the classes: %s.
        %s"""
        .formatted(
            OnnxModel.IMAGE,
            size,
            size,
            Normalisation.mean(),
            Normalisation.deviation(),
            OnnxModel.LOGITS,
            String.join(", ", network.classes()),
            map);
  }

  private static String limits(ExportedNetwork network, String dataset, int size) {
    return """
        - This is one training with one seed: others with the same settings have other accuracies.
        - It was measured on test images of %s at %d x %d pixels, and on nothing else.
        - It always names one of its %d classes, whatever an image shows.
        """
        .formatted(dataset, size, size, network.architecture().classes());
  }

  private static String table(JsonNode facts) {
    StringBuilder table = new StringBuilder("| name | value |\n|---|---|\n");
    rows("", facts, table);
    return table.toString();
  }

  private static void rows(String before, JsonNode facts, StringBuilder table) {
    for (Map.Entry<String, JsonNode> fact : facts.properties()) {
      JsonNode value = fact.getValue();
      String name = before + fact.getKey();
      if (value.isObject()) {
        rows(name + ".", value, table);
      } else if (!value.isEmpty() || value.isValueNode()) {
        table.append(
            "| %s | %s |%n".formatted(name, value.isArray() ? words(value) : value.asText()));
      }
    }
  }

  private static String words(JsonNode array) {
    List<String> words =
        Json.MAPPER.convertValue(
            array, Json.MAPPER.getTypeFactory().constructCollectionType(List.class, String.class));
    return String.join(", ", words);
  }
}
