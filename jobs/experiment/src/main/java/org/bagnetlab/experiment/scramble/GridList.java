package org.bagnetlab.experiment.scramble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Json;

/** Grids as a comma-separated text, so that sweep files can list several of them. */
record GridList() implements ParameterType<Grids> {

  @Override
  public Optional<Grids> read(Fields fields, String name, Values before) {
    return fields
        .text(name)
        .map(
            text -> {
              try {
                return Grids.of(text);
              } catch (IllegalArgumentException e) {
                throw new InvalidSpec(name, "%s %s.".formatted(name, e.getMessage()));
              }
            });
  }

  @Override
  public void check(Grids value, String name, Values before) {
    before
        .find(NetworkParameters.IMAGE_SIZE)
        .ifPresent(
            size ->
                value
                    .notFitting(size)
                    .ifPresent(
                        tiles -> {
                          throw new InvalidSpec(
                              name,
                              "A grid of %d x %d tiles does not divide the %d pixels of the images."
                                  .formatted(tiles, tiles, size));
                        }));
  }

  @Override
  public JsonNode request(Grids value) {
    return TextNode.valueOf(value.text());
  }

  @Override
  public ObjectNode schema(Values before) {
    return Json.MAPPER.createObjectNode().put("type", "string");
  }
}
