package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.parameter.DatasetName;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterType;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.experiment.request.InvalidSpec;

/**
 * The data set whose images a network gets. Imported weights need one, with as many classes as they
 * have outputs; whether a run's has the classes of another is checked when the job is queued.
 */
record NetworkDataset() implements ParameterType<String> {

  static final Parameter<String> DATASET =
      Parameter.of(
              "dataset",
              "Data set",
              "Images that the network gets; of the same classes as its own.",
              new NetworkDataset())
          .otherwise(Default.absent("that of the run"));

  private static final DatasetName NAMES = new DatasetName();

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    Optional<String> said = NAMES.read(fields, name, before);
    if (said.isEmpty() && NetworkWeights.in(before).isPresent()) {
      throw NAMES.missing(name, before);
    }
    return said;
  }

  @Override
  public void check(String value, String name, Values before) {
    NetworkWeights.in(before).ifPresent(imported -> checkOutputs(imported, value, name, before));
  }

  private static void checkOutputs(
      ImportedNetwork imported, String dataset, String name, Values before) {
    int outputs = KnownWeights.named(imported.name(), before.catalogue()).classes();
    before
        .catalogue()
        .classes(dataset)
        .filter(classes -> classes.size() != outputs)
        .ifPresent(
            classes -> {
              throw new InvalidSpec(
                  name,
                  "The weights '%s' have %d outputs, but data set %s has %d classes. Fine-tune them on it first, or choose another data set."
                      .formatted(imported.name(), outputs, dataset, classes.size()));
            });
  }

  @Override
  public JsonNode request(String value) {
    return NAMES.request(value);
  }

  @Override
  public ObjectNode schema(Values before) {
    return NAMES.schema(before);
  }
}
