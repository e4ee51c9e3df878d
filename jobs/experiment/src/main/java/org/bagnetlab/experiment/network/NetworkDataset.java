package org.bagnetlab.experiment.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.bagnetlab.experiment.catalogue.KnownWeights;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.DatasetName;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.request.Fields;
import org.bagnetlab.protocol.Json;

/**
 * The data set of the network's input images. Imported weights need a data set with as many classes
 * as they have outputs. Whether another data set has the same classes as a run's data set is
 * checked when the job is queued.
 */
final class NetworkDataset extends Checked<String> {

  private static final Default<String> OF_RUN = Default.absent("that of the run");

  static final Parameter<String> DATASET =
      Parameter.of(
              "dataset",
              "Data set",
              "Images to run the network on; the data set must have the network's classes.",
              new NetworkDataset(Optional.empty(), false, ""))
          .essential()
          .defaultsTo(OF_RUN);

  private final Optional<String> only;
  private final boolean always;

  /**
   * Names of data sets.
   *
   * @param only the only allowed data set; empty to allow any
   * @param always whether the only allowed data set is the default, rather than the run's data set
   * @param refusal message for another data set, with a placeholder for its name
   */
  private NetworkDataset(Optional<String> only, boolean always, String refusal) {
    super(
        new DatasetName(),
        (dataset, before) ->
            only.isPresent() && !only.get().equals(dataset)
                ? Optional.of(refusal.formatted(dataset))
                : NetworkWeights.in(before)
                    .flatMap(imported -> otherOutputs(imported, dataset, before)));
    this.only = only;
    this.always = always;
  }

  /** For jobs that always use the images of one data set. */
  static Parameter<String> always(String dataset) {
    return Parameter.of(
            DATASET.name(),
            DATASET.label(),
            "Images to run the network on: always these, so it must have their classes.",
            new NetworkDataset(
                Optional.of(dataset), true, "dataset must be " + dataset + ", but is %s."))
        .defaultsTo(dataset);
  }

  /**
   * For jobs that can measure only the images of one data set.
   *
   * @param refusal message for another data set, with a placeholder for its name
   */
  static Parameter<String> only(String dataset, String refusal) {
    return Parameter.of(
            DATASET.name(),
            DATASET.label(),
            "Images to run the network on: those of %s, whose ground truth is known."
                .formatted(dataset),
            new NetworkDataset(Optional.of(dataset), false, refusal))
        .defaultsTo(OF_RUN);
  }

  @Override
  public Optional<String> read(Fields fields, String name, Values before) {
    Optional<String> said = super.read(fields, name, before);
    if (said.isEmpty() && !always && NetworkWeights.in(before).isPresent()) {
      throw missing(name, before);
    }
    return said;
  }

  private static Optional<String> otherOutputs(
      ImportedNetwork imported, String dataset, Values before) {
    int outputs = KnownWeights.named(imported.name(), before.catalogue()).classes();
    return before
        .catalogue()
        .classes(dataset)
        .filter(classes -> classes.size() != outputs)
        .map(
            classes ->
                "The weights '%s' have %d outputs, but data set %s has %d classes. Fine-tune them on it first, or choose another data set."
                    .formatted(imported.name(), outputs, dataset, classes.size()));
  }

  @Override
  public ObjectNode schema(Values before) {
    if (only.isEmpty()) {
      return super.schema(before);
    }
    ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "string");
    schema.putArray("oneOf").addObject().put("const", only.get()).put("title", only.get());
    return schema;
  }
}
