package org.bagnetlab.experiment.train;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.WeightsVersion;
import org.bagnetlab.experiment.parameter.ImageSide;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.Settings;

/**
 * The specification of a training. It trains a network, measures it on validation, test and
 * scrambled test images, and draws heatmaps if the network has a local receptive field.
 *
 * @param settings the values of {@link TrainExperiment#PARAMETERS}, including all those that a
 *     training requires
 */
public record TrainSpec(Settings settings) implements JobSpec {

  /** The report scrambles 16 tiles: 4 rows of 4. */
  public static final int SCRAMBLE_TILES_A_SIDE = ImageSide.MULTIPLE;

  private static final String FROM_SCRATCH = "from scratch";

  /**
   * A training from scratch with the defaults of all other parameters.
   *
   * @param architecture a registered name, for example {@code bagnet33}
   * @param dataset a built-in or imported data set
   */
  public static TrainSpec of(String architecture, String dataset) {
    return new TrainSpec(
        Settings.none()
            .with(TrainExperiment.ARCHITECTURE, Optional.of(architecture))
            .with(TrainExperiment.DATASET, Optional.of(dataset))
            .completedBy(TrainExperiment.PARAMETERS));
  }

  /** The same with the values of a recipe. */
  public static TrainSpec of(String architecture, String dataset, Recipe recipe) {
    return new TrainSpec(
        Settings.none()
            .with(TrainExperiment.ARCHITECTURE, Optional.of(architecture))
            .with(TrainExperiment.DATASET, Optional.of(dataset))
            .with(TrainExperiment.RECIPE, Optional.of(recipe))
            .completedBy(TrainExperiment.PARAMETERS));
  }

  /**
   * A copy with another value of a parameter. Other parameters keep their values, even if their
   * defaults depend on it.
   */
  public <T> TrainSpec with(Parameter<T> parameter, T value) {
    return new TrainSpec(settings.with(parameter, Optional.of(value)));
  }

  /** The registered name of the network. */
  public String architecture() {
    return get(TrainExperiment.ARCHITECTURE);
  }

  /** The data set of the training images. */
  public String dataset() {
    return get(TrainExperiment.DATASET);
  }

  /** Side of the square input in pixels, a multiple of {@link #SCRAMBLE_TILES_A_SIDE}. */
  public int imageSize() {
    return get(TrainExperiment.IMAGE_SIZE);
  }

  /**
   * Factor on every internal channel count, greater than 0. Unknown in the request of a training
   * from a run, unless it is named there, until the job is queued.
   */
  public double width() {
    return get(TrainExperiment.WIDTH);
  }

  /** Imported weights that the network starts from; empty for random ones. */
  public Optional<StartingWeights> weights() {
    return find(TrainExperiment.WEIGHTS);
  }

  /** The training whose network is the start; empty for random or imported weights. */
  public Optional<StartingRun> fromRun() {
    return find(TrainExperiment.FROM_RUN);
  }

  /**
   * This training, now that it is known how the network of its {@link #fromRun} was trained. It has
   * that network's width.
   *
   * @param images checksum of that training's data set, if it is known
   * @throws org.bagnetlab.experiment.request.InvalidSpec if it has another network
   */
  public TrainSpec startingFrom(TrainSpec trained, Optional<String> images) {
    new TrainExperiment().check(this, trained);
    return with(TrainExperiment.WIDTH, trained.width())
        .with(TrainExperiment.FROM_RUN, fromRun().orElseThrow().trainedAs(trained, images));
  }

  /**
   * A copy that starts from any run of the configuration of its starting run; the same if it starts
   * from none.
   */
  public TrainSpec ofAnyStartingRun() {
    return new TrainSpec(
        settings.with(TrainExperiment.FROM_RUN, fromRun().map(StartingRun::ofAnyRun)));
  }

  /** Seed of the split, the initial weights, the order of images, augmentation and scrambling. */
  public long seed() {
    return get(TrainExperiment.SEED);
  }

  /** The origin of the network's initial weights, as shown in results. */
  public String regime() {
    return origin().orElse(FROM_SCRATCH);
  }

  /** The regime of the weights that the network starts from; empty for random ones. */
  Optional<String> origin() {
    return weights().map(StartingWeights::regime).or(() -> fromRun().map(StartingRun::regime));
  }

  @Override
  public Optional<String> reads() {
    return Optional.of(dataset());
  }

  @Override
  public Optional<WeightsVersion> needs() {
    return weights().map(StartingWeights::version);
  }

  @Override
  public Optional<Long> subject() {
    return fromRun().map(StartingRun::run);
  }

  @Override
  public String kind() {
    return TrainExperiment.NAME;
  }

  @Override
  public Set<String> implied() {
    boolean earlier = get(TrainExperiment.RECIPE).predatesLaterParameters();
    return settings.defaults().stream()
        .filter(
            parameter ->
                TrainExperiment.OF_MODULES.contains(parameter)
                    || (earlier && TrainExperiment.LATER.contains(parameter)))
        .map(Parameter::name)
        .collect(Collectors.toSet());
  }
}
