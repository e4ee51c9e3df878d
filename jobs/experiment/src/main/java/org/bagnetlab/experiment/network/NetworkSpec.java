package org.bagnetlab.experiment.network;

import java.util.Optional;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * The specification of a job for the network of a training, or for an imported network. A
 * training's network may also be given images of another data set with the same classes.
 *
 * @param kind the experiment's name
 * @param settings the values of the experiment's parameters
 */
public record NetworkSpec(String kind, Settings settings) implements JobSpec {

  /** A copy with another value of a parameter. */
  public <T> NetworkSpec with(Parameter<T> parameter, T value) {
    return new NetworkSpec(kind, settings.with(parameter, Optional.of(value)));
  }

  /** The id of the training; empty if the network is imported. */
  public Optional<Long> run() {
    return find(NetworkParameters.RUN);
  }

  /** The imported network; empty if the network is that of a training. */
  public Optional<ImportedNetwork> weights() {
    return find(NetworkParameters.WEIGHTS);
  }

  /** The data set of the network's input images; empty if it is that of the training. */
  public Optional<String> dataset() {
    return find(NetworkParameters.DATASET);
  }

  /** Side of an imported network's images in pixels; empty if the network is that of a training. */
  public Optional<Integer> imageSize() {
    return find(NetworkParameters.IMAGE_SIZE);
  }

  /**
   * Which images of the data set; empty for the run's test images of its own data set, or for all
   * images of another data set.
   */
  public Optional<ImageChoice> images() {
    return find(NetworkParameters.IMAGES);
  }

  /** Largest number of images of each class; empty for no limit. */
  public Optional<Integer> subset() {
    return find(NetworkParameters.SUBSET);
  }

  /** The network, and the data set if it is not the network's own, for titles. */
  public String network() {
    String network =
        weights()
            .map(imported -> "weights " + imported.name())
            .orElseGet(() -> "run " + run().orElseThrow());
    return network + dataset().map(name -> " on " + name).orElse("");
  }

  /** The network and the image that is explained, for titles. */
  public String networkAndImage() {
    return network()
        + ", "
        + find(NetworkParameters.IMAGE)
            .orElse(dataset().isPresent() ? "first image" : "first test image");
  }

  /** The network, and its images if they are not the run's test images, for titles. */
  public String networkAndImages() {
    return network()
        + images().map(choice -> ", %s images".formatted(choice.text())).orElse("")
        + subset().map(most -> ", at most %d a class".formatted(most)).orElse("");
  }

  @Override
  public Optional<Long> subject() {
    return run();
  }

  @Override
  public Optional<String> reads() {
    return dataset();
  }

  @Override
  public Optional<WeightsVersion> needs() {
    return weights().map(ImportedNetwork::version);
  }
}
