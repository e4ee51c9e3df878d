package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;

/**
 * A job about the network of a training, or an imported one. A training's network may also be given
 * images of another data set with the same classes.
 */
public interface AboutNetwork extends JobSpec {

  /** The training's number; empty: the network is imported. */
  Optional<Long> run();

  /** The imported network; empty: the network is a training's. */
  Optional<ImportedNetwork> weights();

  /** The data set of the network's input images; empty: that of the training. */
  Optional<String> dataset();

  /** Side of an imported network's images in pixels; empty: that of the training. */
  Optional<Integer> imageSize();

  /**
   * The parameters with these names, in their order.
   *
   * @param subject requirements on the network
   */
  static List<Parameter<?>> parameters(Subject subject) {
    return List.of(
        NetworkRun.RUN,
        NetworkWeights.parameter(subject),
        NetworkDataset.DATASET,
        NetworkImageSize.IMAGE_SIZE);
  }

  /**
   * The parameters with these names, for jobs that always use the images of one data set.
   *
   * @param subject requirements on the network
   * @param dataset its name
   */
  static List<Parameter<?>> parametersAlwaysOn(Subject subject, String dataset) {
    return List.of(
        NetworkRun.RUN,
        NetworkWeights.parameter(subject),
        NetworkDataset.always(dataset),
        NetworkImageSize.IMAGE_SIZE);
  }

  /**
   * The parameters with these names, for jobs that can measure only the images of one data set.
   *
   * @param subject requirements on the network
   * @param dataset its name
   * @param refusal message for another data set, with a placeholder for its name
   */
  static List<Parameter<?>> parametersOnlyOn(Subject subject, String dataset, String refusal) {
    return List.of(
        NetworkRun.RUN,
        NetworkWeights.parameter(subject),
        NetworkDataset.only(dataset, refusal),
        NetworkImageSize.IMAGE_SIZE);
  }

  /** Side of an imported network's images in a request, in pixels; empty: it has a run. */
  static Optional<Integer> imageSize(Values values) {
    return values.find(NetworkImageSize.IMAGE_SIZE);
  }

  /** The network, and the data set if it is not the network's own, for titles. */
  default String network() {
    String network =
        weights()
            .map(imported -> "weights " + imported.name())
            .orElseGet(() -> "run " + run().orElseThrow());
    return network + dataset().map(name -> " on " + name).orElse("");
  }

  @Override
  default Optional<Long> subject() {
    return run();
  }

  @Override
  default Optional<String> reads() {
    return dataset();
  }

  @Override
  default Optional<WeightsVersion> needs() {
    return weights().map(ImportedNetwork::version);
  }
}
