package org.bagnetlab.experiment.heatmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** Distances in pixels between the patches of a heatmap: 1, 2, 4 or 8. */
public record Stride() implements ParameterType<Integer> {

  /** The output stride of the networks. */
  public static final int LARGEST = 8;

  /**
   * The parameter of experiments that use all patches of many images: by default the network's own
   * patches, where a heatmap of one image has a patch for every pixel.
   */
  public static final Parameter<Integer> FOR_MANY_IMAGES =
      Parameter.of(
              "stride",
              "Stride",
              "Distance between patches in pixels; with 8 the patches are the network's own.",
              new Stride())
          .in("px")
          .defaultsTo(LARGEST);

  private static final Map<Integer, String> LABELS = new LinkedHashMap<>();

  static {
    LABELS.put(1, "1, every pixel");
    LABELS.put(2, "2");
    LABELS.put(4, "4");
    LABELS.put(LARGEST, "8, coarse and fast");
  }

  /** Whether a heatmap can have this stride. */
  public static boolean is(int stride) {
    return LABELS.containsKey(stride);
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    Optional<Integer> stride = fields.integer(name, 1, LARGEST);
    stride
        .filter(said -> !is(said))
        .ifPresent(
            said -> {
              throw new InvalidSpec(
                  name, "%s must be %s, but is %d.".formatted(name, choices(), said));
            });
    return stride;
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "integer");
    ArrayNode choices = schema.putArray("oneOf");
    LABELS.forEach((stride, label) -> choices.addObject().put("const", stride).put("title", label));
    return schema;
  }

  @Override
  public String words(Values before) {
    return choices();
  }

  /** {@code 1, 2, 4 or 8}. */
  private static String choices() {
    List<String> all = LABELS.keySet().stream().map(String::valueOf).toList();
    return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.get(all.size() - 1);
  }
}
