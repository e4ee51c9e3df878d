package org.bagnetlab.experiment.heatmap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
   * The parameter of experiments that use all patches of many images. By default they use the
   * network's own patches, whereas a heatmap of a single image has a patch for every pixel.
   */
  public static final Parameter<Integer> FOR_MANY_IMAGES =
      Parameter.of(
              "stride",
              "Stride",
              "Distance between patches in pixels; with 8 the patches are the network's own.",
              new Stride())
          .in("px")
          .defaultsTo(LARGEST);

  private static final String CHOICES = "1, 2, 4 or 8";

  /** Whether a heatmap can have this stride. */
  public static boolean is(int stride) {
    return List.of(1, 2, 4, LARGEST).contains(stride);
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    Optional<Integer> stride = fields.integer(name, 1, LARGEST);
    if (stride.isPresent() && !is(stride.get())) {
      throw new InvalidSpec(
          name, "%s must be %s, but is %d.".formatted(name, CHOICES, stride.get()));
    }
    return stride;
  }

  @Override
  public ObjectNode schema(Values before) {
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "integer");
    ArrayNode choices = schema.putArray("oneOf");
    choices.addObject().put("const", 1).put("title", "1, every pixel");
    choices.addObject().put("const", 2).put("title", "2");
    choices.addObject().put("const", 4).put("title", "4");
    choices.addObject().put("const", LARGEST).put("title", "8, coarse and fast");
    return schema;
  }

  @Override
  public String words(Values before) {
    return CHOICES;
  }
}
