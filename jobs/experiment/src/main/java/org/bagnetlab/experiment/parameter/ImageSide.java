package org.bagnetlab.experiment.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * A side of images in pixels, large enough for the patches of the network.
 *
 * @param dataset the images' data set, an earlier parameter
 * @param architecture the network, an earlier parameter
 */
public record ImageSide(
    Function<Values, Optional<String>> dataset, Function<Values, Optional<String>> architecture)
    implements NumberType<Integer> {

  /** Scrambling cuts images into this many tiles per side. */
  public static final int MULTIPLE = 4;

  private static final int LARGEST = 512;

  private WholeNumber bounds() {
    return new WholeNumber(
        values -> values.catalogue().smallestImage(dataset.apply(values).orElse("")),
        values -> LARGEST,
        MULTIPLE);
  }

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    return bounds().read(fields, name, before);
  }

  @Override
  public void check(Integer value, String name, Values before) {
    bounds().check(value, name, before);
    architecture
        .apply(before)
        .ifPresent(
            network ->
                before
                    .catalogue()
                    .localReceptiveField(network)
                    .filter(patch -> patch > value)
                    .ifPresent(
                        patch -> {
                          throw new InvalidSpec(
                              name,
                              "%s must be at least %d for %s, whose receptive field is %d pixels, but is %d."
                                  .formatted(name, smallest(patch), network, patch, value));
                        }));
  }

  private static int smallest(int patch) {
    return (patch + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }

  @Override
  public JsonNode request(Integer value) {
    return bounds().request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return bounds().schema(before);
  }

  @Override
  public String words(Values before) {
    return bounds().words(before);
  }
}
