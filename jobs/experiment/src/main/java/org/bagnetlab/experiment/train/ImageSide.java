package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** A side of images in pixels, within which the patches of the network fit. */
record ImageSide() implements ParameterType<Integer> {

  private static final int LARGEST = 512;

  private static final WholeNumber BOUNDS =
      new WholeNumber(
          values ->
              values.catalogue().smallestImage(values.find(TrainExperiment.DATASET).orElse("")),
          values -> LARGEST,
          TrainSpec.SCRAMBLE_TILES_A_SIDE);

  @Override
  public Optional<Integer> read(Fields fields, String name, Values before) {
    return BOUNDS.read(fields, name, before);
  }

  @Override
  public void check(Integer value, String name, Values before) {
    BOUNDS.check(value, name, before);
    before
        .find(TrainExperiment.ARCHITECTURE)
        .ifPresent(
            architecture ->
                before
                    .catalogue()
                    .localReceptiveField(architecture)
                    .filter(patch -> patch > value)
                    .ifPresent(
                        patch -> {
                          throw new InvalidSpec(
                              name,
                              "%s must be at least %d for %s, whose receptive field is %d pixels, but is %d."
                                  .formatted(name, smallest(patch), architecture, patch, value));
                        }));
  }

  private static int smallest(int patch) {
    int tiles = TrainSpec.SCRAMBLE_TILES_A_SIDE;
    return (patch + tiles - 1) / tiles * tiles;
  }

  @Override
  public JsonNode request(Integer value) {
    return BOUNDS.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return BOUNDS.schema(before);
  }

  @Override
  public String words(Values before) {
    return BOUNDS.words(before);
  }
}
