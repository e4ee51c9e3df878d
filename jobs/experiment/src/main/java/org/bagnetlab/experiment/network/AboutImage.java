package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Text;

/** A job about what a network sees in one image. */
public interface AboutImage extends AboutNetwork {

  /**
   * The image's path in the data set; empty: the first test image of the run, or the first image of
   * another data set.
   */
  Optional<String> image();

  /** The class to explain; empty: the predicted one. */
  Optional<String> label();

  /**
   * The parameters with these names, after those of the network.
   *
   * @param subject requirements on the network
   */
  static List<Parameter<?>> parameters(Subject subject) {
    Parameter<String> image =
        Parameter.of(
                "image",
                "Image",
                "Path in the data set, for example test/Suburb/image_0001.jpg.",
                new Text("image"))
            .defaultsTo(
                Default.absent("the run's first test image, of another data set the first image"));
    Parameter<String> label =
        Parameter.of("label", "Target class", "Class that is explained.", new Text("class"))
            .defaultsTo(Default.absent("the predicted class"));
    return Stream.concat(
            AboutNetwork.parameters(subject).stream(), Stream.<Parameter<?>>of(image, label))
        .toList();
  }

  /** The network and the image, for titles. */
  default String networkAndImage() {
    return network()
        + ", "
        + image().orElse(dataset().isPresent() ? "first image" : "first test image");
  }
}
