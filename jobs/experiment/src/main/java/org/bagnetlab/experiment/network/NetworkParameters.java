package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.RunNumber;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.Text;
import org.bagnetlab.experiment.parameter.WholeNumber;

/** The parameters that choose a network, and the images that it is given. */
public final class NetworkParameters {

  /** The training whose network is used, unless an imported network is used. */
  public static final Parameter<Long> RUN =
      RunNumber.RUN
          .essential()
          .defaultsTo(Default.absent("none, with imported weights"))
          .keepsMemory();

  /** The imported network that is used instead. */
  public static final Parameter<ImportedNetwork> WEIGHTS =
      NetworkWeights.parameter(Subject.network());

  /** The data set of the images. */
  public static final Parameter<String> DATASET = NetworkDataset.DATASET;

  /** Side of an imported network's images. */
  public static final Parameter<Integer> IMAGE_SIZE = NetworkImageSize.IMAGE_SIZE;

  /** Which images of the data set. */
  public static final Parameter<ImageChoice> IMAGES =
      Parameter.of(
              "images",
              "Images",
              "Which of the data set's images.",
              new Choice<>(ImageChoice.class, ImageChoice::label))
          .defaultsTo(Default.absent("test on the run's own data set, all on another"));

  /** Largest number of images of each class. */
  public static final Parameter<Integer> SUBSET =
      Parameter.of(
              "subset",
              "Images per class",
              "Maximum number of images of each class.",
              WholeNumber.between(1, 100_000))
          .defaultsTo(Default.absent("all"))
          .keepsMemory();

  /** Seed for choosing images of each class. */
  public static final Parameter<Long> SUBSET_SEED =
      Parameter.of(
              "subsetSeed",
              "Subset seed",
              "Decides which images of a class are taken, if not all.",
              new Seed())
          .defaultsTo(1L)
          .keepsMemory();

  /** The path of the only image. */
  public static final Parameter<String> IMAGE =
      Parameter.of(
              "image",
              "Image",
              "Path in the data set, for example test/Suburb/image_0001.jpg.",
              new Text("image"))
          .essential()
          .defaultsTo(
              Default.absent("the run's first test image, or another data set's first image"))
          .keepsMemory();

  /** The class to explain. */
  public static final Parameter<String> LABEL =
      Parameter.of("label", "Target class", "Class that is explained.", new Text("class"))
          .essential()
          .defaultsTo(Default.absent("the predicted class"));

  /** The parameters of jobs that measure a network on a choice of images. */
  public static final List<Parameter<?>> ON_IMAGES =
      List.of(RUN, WEIGHTS, DATASET, IMAGE_SIZE, IMAGES, SUBSET, SUBSET_SEED);

  /** Maximum of {@link #mostImages(int)}. */
  private static final int LARGEST_MOST_IMAGES = 10_000;

  private NetworkParameters() {}

  /**
   * Number of images used by a job whose network processes each image many times.
   *
   * @param usual the default
   */
  public static Parameter<Integer> mostImages(int usual) {
    return mostImages(usual, LARGEST_MOST_IMAGES);
  }

  /**
   * Like {@link #mostImages(int)}, with a maximum of the job's own.
   *
   * @param usual the default
   * @param largest the maximum
   */
  public static Parameter<Integer> mostImages(int usual, int largest) {
    return Parameter.of(
            "mostImages",
            "Most images",
            "Number of the images that are used, spread over the classes; all if there are fewer.",
            WholeNumber.between(1, largest))
        .defaultsTo(usual);
  }

  /**
   * The parameters that choose the images of a data set, followed by an experiment's own
   * parameters.
   */
  public static List<Parameter<?>> onImages(Parameter<?>... own) {
    return joined(List.of(DATASET, IMAGE_SIZE, IMAGES, SUBSET, SUBSET_SEED), own);
  }

  /**
   * Like {@link #onImages}, for jobs that can measure only the images of one data set.
   *
   * @param refusal message for another data set, with a placeholder for its name
   */
  public static List<Parameter<?>> onImagesOf(String dataset, String refusal, Parameter<?>... own) {
    return joined(
        List.of(NetworkDataset.only(dataset, refusal), IMAGE_SIZE, IMAGES, SUBSET, SUBSET_SEED),
        own);
  }

  /** The parameters for all images of one data set. */
  public static List<Parameter<?>> onAllOf(String dataset) {
    return List.of(NetworkDataset.always(dataset), IMAGE_SIZE);
  }

  /**
   * The parameters that choose one image and the class to explain, followed by an experiment's own
   * parameters.
   */
  public static List<Parameter<?>> onImage(Parameter<?>... own) {
    return joined(List.of(DATASET, IMAGE_SIZE, IMAGE, LABEL), own);
  }

  private static List<Parameter<?>> joined(List<Parameter<?>> first, Parameter<?>... own) {
    return Stream.concat(first.stream(), Stream.of(own)).toList();
  }
}
