package org.bagnetlab.experiment.network;

import java.util.List;
import java.util.stream.Stream;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.output.OutputReading;

/**
 * Outputs of jobs that measure a network on a choice of images. Results on selected images, which
 * are not or not all the test images of the run's own split, go to {@linkplain #other separate
 * outputs} with these axes, because such results do not depend on the run alone.
 */
public final class OnImages {

  /** The data set of the images. */
  public static final Axis DATASET = Axis.of("dataset", "Data set");

  /** Which images of the data set. */
  public static final Axis IMAGES = Axis.of("images", "Selection");

  /** Largest number of images of each class. */
  public static final Axis SUBSET = Axis.of("subset", "Images per class, at most");

  /** Seed for choosing images of each class. */
  public static final Axis SUBSET_SEED = Axis.of("subsetSeed", "Seed of the choice");

  /** The axes that identify the images: a measurement on selected images is a separate result. */
  public static final List<Axis> POSITION = List.of(DATASET, IMAGES, SUBSET, SUBSET_SEED);

  private OnImages() {}

  /** The output for an output's results on selected images. */
  public static Output other(Output output) {
    List<Axis> axes =
        switch (output.kind()) {
          case SCALAR -> joined(POSITION, output.axes());
          // The first axis of a curve is the one along its line.
          case CURVE -> joined(output.axes(), POSITION);
          case MATRIX, PICTURES, MAP -> output.axes();
        };
    return new Output(
        "other-" + output.name(),
        output.label() + " on selected images",
        output.kind(),
        output.metric(),
        axes,
        output.reading().map(OnImages::other));
  }

  /** Numbers on selected images are compared with others on the same images. */
  private static OutputReading other(OutputReading reading) {
    return switch (reading) {
      case OutputReading.FromOutput from ->
          new OutputReading.FromOutput(
              from.how(), other(from.output()), from.higher(), from.lower());
      case OutputReading.Boundary from ->
          new OutputReading.Boundary(
              from.how(),
              from.at(),
              from.compared(),
              from.reached(),
              from.below(),
              from.defined().map(OnImages::other),
              from.confirmed()
                  .map(each -> new OutputReading.Confirmed(other(each.by()), each.below())));
      case OutputReading.FromPosition from -> from;
      case OutputReading.Range range -> range;
    };
  }

  private static OutputReading.Bound other(OutputReading.Bound bound) {
    return new OutputReading.Bound(other(bound.output()), bound.least());
  }

  /** These outputs, and the outputs for their results on selected images. */
  public static List<Output> withOthers(Output... outputs) {
    return joined(List.of(outputs), Stream.of(outputs).map(OnImages::other).toList());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
