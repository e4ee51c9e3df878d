package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.parameter.DatasetName;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/** A data set for training: not only test images, and enough images of each class. */
record TrainingDataset() implements ParameterType<String> {

  private static final DatasetName NAMES = new DatasetName();

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    return NAMES.read(fields, name, before);
  }

  @Override
  public void check(String value, String name, Values before) {
    if (!before.catalogue().hasTrainingImages(value)) {
      throw new InvalidSpec(
          name,
          "Data set %s has only test images, to measure trained networks on, for example with evaluate: choose another one for a training."
              .formatted(value));
    }
    before
        .catalogue()
        .trainingProblem(value)
        .ifPresent(
            why -> {
              throw new InvalidSpec(name, "%s: %s".formatted(value, why));
            });
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    List<String> known =
        before.catalogue().datasets().stream()
            .filter(before.catalogue()::hasTrainingImages)
            .toList();
    return new InvalidSpec(name, "%s is missing. Known: %s.".formatted(name, Fields.listed(known)));
  }

  @Override
  public JsonNode request(String value) {
    return NAMES.request(value);
  }

  /** Adds a keyword by which forms know that test images alone are not sufficient. */
  @Override
  public ObjectNode schema(Values before) {
    return NAMES.schema(before).put("learnt", true);
  }
}
