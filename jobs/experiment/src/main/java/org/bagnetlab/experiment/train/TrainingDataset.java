package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.DatasetName;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * A data set for training: it must not have only test images, and must have enough images of each
 * class.
 */
final class TrainingDataset extends Checked<String> {

  TrainingDataset() {
    super(new DatasetName(), TrainingDataset::unsuitable);
  }

  private static Optional<String> unsuitable(String dataset, Values before) {
    return before.catalogue().hasTrainingImages(dataset)
        ? before.catalogue().trainingProblem(dataset).map(why -> "%s: %s".formatted(dataset, why))
        : Optional.of(
            "Data set %s has only test images, to measure trained networks on, for example with evaluate: choose another one for a training."
                .formatted(dataset));
  }

  @Override
  public InvalidSpec missing(String name, Values before) {
    Catalogue catalogue = before.catalogue();
    return InvalidSpec.missing(
        name,
        Stream.concat(
                catalogue.datasets().stream().filter(catalogue::hasTrainingImages),
                catalogue.datasetForms().stream())
            .toList());
  }

  /** Adds a keyword that tells forms that test images alone are not sufficient. */
  @Override
  public ObjectNode schema(Values before) {
    return super.schema(before).put("learnt", true);
  }
}
