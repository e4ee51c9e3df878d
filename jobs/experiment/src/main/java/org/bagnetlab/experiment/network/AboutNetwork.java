package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Values;

/**
 * A job about a network: that of a training, or an imported one. A training's network may get the
 * images of another data set with the same classes.
 */
public interface AboutNetwork extends JobSpec {

  /** The training's number; empty: the network is imported. */
  Optional<Long> run();

  /** The imported network; empty: it is that of a training. */
  Optional<ImportedNetwork> weights();

  /** The data set whose images the network gets; empty: that of the training. */
  Optional<String> dataset();

  /** Side of an imported network's images in pixels; empty: that of the training. */
  Optional<Integer> imageSize();

  /**
   * The parameters of these names, in their order.
   *
   * @param subject what the network must have
   */
  static List<Parameter<?>> parameters(Subject subject) {
    return List.of(
        NetworkRun.RUN,
        NetworkWeights.parameter(subject),
        NetworkDataset.DATASET,
        NetworkImageSize.IMAGE_SIZE);
  }

  /**
   * The parameters of these names, where the network always gets the images of one data set.
   *
   * @param subject what the network must have
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
   * The parameters of these names, where nothing can be measured on other images than those of one
   * data set.
   *
   * @param subject what the network must have
   * @param dataset its name
   * @param refusal of another one, whose name it has a place for
   */
  static List<Parameter<?>> parametersOnlyOn(Subject subject, String dataset, String refusal) {
    return List.of(
        NetworkRun.RUN,
        NetworkWeights.parameter(subject),
        NetworkDataset.only(dataset, refusal),
        NetworkImageSize.IMAGE_SIZE);
  }

  /** Side of an imported network's images in a request, in pixels; empty: it names a run. */
  static Optional<Integer> imageSize(Values values) {
    return values.find(NetworkImageSize.IMAGE_SIZE);
  }

  /** The network, and whose images it gets where they are not its own, for titles. */
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
