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
 * A job about a network that measures it on a choice of images. Results on others than the test
 * images of the run's own split go to {@linkplain #other outputs of their own}, with these axes:
 * they are no measure of the run alone.
 */
public interface OnImages extends AboutNetwork {

  /** The data set of the images. */
  Axis DATASET = Axis.of("dataset", "Data set");

  /** Which of them. */
  Axis IMAGES = Axis.of("images", "Images");

  /** At most so many of each class. */
  Axis SUBSET = Axis.of("subset", "Images per class, at most");

  /** Which of a class's images those are. */
  Axis SUBSET_SEED = Axis.of("subsetSeed", "Seed of the choice");

  /** The position of images: what is measured on others is another result. */
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

  /** Which images; empty: the run's test images on its own data set, on another one all. */
  default Optional<ImageChoice> images() {
    return on().images();
  }

  /** At most so many of each class; empty: all that are chosen. */
  default Optional<Integer> subset() {
    return on().subset();
  }

  /** Decides which of a class's images those are. */
  default long subsetSeed() {
    return on().subsetSeed();
  }

  /**
   * The parameters of these names, after those of the network.
   *
   * @param subject what the network must have
   */
  static List<Parameter<?>> parameters(Subject subject) {
    return withImages(AboutNetwork.parameters(subject));
  }

  /**
   * The same, where nothing can be measured on other images than those of one data set.
   *
   * @param subject what the network must have
   * @param dataset its name
   * @param refusal of another one, whose name it has a place for
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
                "At most so many images of each class.",
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

  /** What takes the results of an output on other images than the run's test images. */
  static Output other(Output output) {
    List<Axis> axes =
        switch (output.kind()) {
          case SCALAR -> joined(POSITION, output.axes());
          // The first axis of a curve is that of its line.
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

  /** Outputs, and those for their results on other images. */
  static List<Output> withOthers(Output... outputs) {
    return joined(List.of(outputs), Stream.of(outputs).map(OnImages::other).toList());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The network and its images where they are not the run's test images, for titles. */
  default String networkAndImages() {
    return network()
        + images().map(choice -> ", %s images".formatted(choice.text())).orElse("")
        + subset().map(most -> ", at most %d a class".formatted(most)).orElse("");
  }
}
