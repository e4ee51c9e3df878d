package org.bagnetlab.experiment.patchrobustness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.network.AboutNetwork;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** Sides of patches as a text with commas, which sweep files can list several of. */
record PatchSideList() implements ParameterType<PatchSides> {

  @Override
  public Optional<PatchSides> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(
            text -> {
              try {
                return PatchSides.of(text);
              } catch (IllegalArgumentException e) {
                throw new InvalidSpec(name, "%s %s.".formatted(name, e.getMessage()));
              }
            });
  }

  @Override
  public void check(PatchSides value, String name, Values before) {
    AboutNetwork.imageSize(before).ifPresent(size -> checkFitting(value, size, name));
  }

  /** Refuses patches that are larger than images of a size. */
  static void checkFitting(PatchSides sides, int imageSize, String name) {
    sides
        .notFitting(imageSize)
        .ifPresent(
            side -> {
              throw new InvalidSpec(
                  name,
                  "A patch of %d x %d pixels is larger than the images, which have %d x %d."
                      .formatted(side, side, imageSize, imageSize));
            });
  }

  @Override
  public JsonNode request(PatchSides value) {
    return TextNode.valueOf(value.text());
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string");
  }
}
