package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.WholeNumber;

/**
 * A job about a network that measures it on a choice of images. Results on images other than the
 * test images of the run's own split go to {@linkplain #other separate outputs}, with these axes,
 * because they do not measure the run alone.
 */
public interface OnImages extends AboutNetwork {

  /** The data set of the images. */
  Axis DATASET = Axis.of("dataset", "Data set");

  /** Which images of the data set. */
  Axis IMAGES = Axis.of("images", "Images");

  /** Largest number of images of each class. */
  Axis SUBSET = Axis.of("subset", "Images per class, at most");

  /** Seed for choosing images of each class. */
  Axis SUBSET_SEED = Axis.of("subsetSeed", "Seed of the choice");

  /** The axes that identify the images: a measurement on other images is a separate result. */
  List<Axis> POSITION = List.of(DATASET, IMAGES, SUBSET, SUBSET_SEED);

  /** The network and its images. */
  NetworkImages on();

  @Override
  default Optional<Long> run() {
    return on().run();
  }

  @Override
  default Optional<ImportedNetwork> weights() {
    return on().weights();
  }

  @Override
  default Optional<String> dataset() {
    return on().dataset();
  }

  @Override
  default Optional<Integer> imageSize() {
    return on().imageSize();
  }

  /** Which images; empty: the run's test images for its own data set, all for another. */
  default Optional<ImageChoice> images() {
    return on().images();
  }

  /** Largest number of images of each class; empty: no limit. */
  default Optional<Integer> subset() {
    return on().subset();
  }

  /** Seed for choosing images of each class. */
  default long subsetSeed() {
    return on().subsetSeed();
  }

  /**
   * The parameters with these names, after those of the network.
   *
   * @param subject requirements on the network
   */
  static List<Parameter<?>> parameters(Subject subject) {
    return withImages(AboutNetwork.parameters(subject));
  }

  /**
   * The same parameters, for jobs that can measure only the images of one data set.
   *
   * @param subject requirements on the network
   * @param dataset its name
   * @param refusal message for another data set, with a placeholder for its name
   */
  static List<Parameter<?>> parametersOnlyOn(Subject subject, String dataset, String refusal) {
    return withImages(AboutNetwork.parametersOnlyOn(subject, dataset, refusal));
  }

  private static List<Parameter<?>> withImages(List<Parameter<?>> ofNetwork) {
    Parameter<ImageChoice> images =
        Parameter.of(
                "images",
                "Images",
                "Which of the data set's images.",
                new Choice<>(ImageChoice.class, ImageChoice::label))
            .defaultsTo(Default.absent("test on the run's own data set, all on another"));
    Parameter<Integer> subset =
        Parameter.of(
                "subset",
                "Images per class",
                "Maximum number of images of each class.",
                WholeNumber.between(1, 100_000))
            .defaultsTo(Default.absent("all"));
    Parameter<Long> subsetSeed =
        Parameter.of(
                "subsetSeed",
                "Subset seed",
                "Decides which images of a class are taken, if not all.",
                new Seed())
            .defaultsTo(1L);
    return joined(ofNetwork, List.of(images, subset, subsetSeed));
  }

  /** The output for results of an output on images other than the run's test images. */
  static Output other(Output output) {
    List<Axis> axes =
        switch (output.kind()) {
          case SCALAR -> joined(POSITION, output.axes());
          // The first axis of a curve is the one along its line.
          case CURVE -> joined(output.axes(), POSITION);
          case MATRIX, PICTURES, MAP -> output.axes();
        };
    return new Output(
        "other-" + output.name(),
        output.label() + " on other images",
        output.kind(),
        output.metric(),
        axes);
  }

  /** These outputs, and those for their results on other images. */
  static List<Output> withOthers(Output... outputs) {
    return joined(List.of(outputs), Stream.of(outputs).map(OnImages::other).toList());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The network, and its images if they are not the run's test images, for titles. */
  default String networkAndImages() {
    return network()
        + images().map(choice -> ", %s images".formatted(choice.text())).orElse("")
        + subset().map(most -> ", at most %d a class".formatted(most)).orElse("");
  }
}
