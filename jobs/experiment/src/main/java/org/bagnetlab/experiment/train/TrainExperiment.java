package org.bagnetlab.experiment.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.About;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Source;
import org.bagnetlab.experiment.Subject;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.catalogue.Catalogue;
import org.bagnetlab.experiment.heatmap.HeatmapExperiment;
import org.bagnetlab.experiment.heatmap.Stride;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.output.Metric;
import org.bagnetlab.experiment.output.Output;
import org.bagnetlab.experiment.parameter.Checked;
import org.bagnetlab.experiment.parameter.Choice;
import org.bagnetlab.experiment.parameter.Default;
import org.bagnetlab.experiment.parameter.ImageSide;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.parameter.ParameterGroup;
import org.bagnetlab.experiment.parameter.ParameterRole;
import org.bagnetlab.experiment.parameter.RealNumber;
import org.bagnetlab.experiment.parameter.Seed;
import org.bagnetlab.experiment.parameter.Settings;
import org.bagnetlab.experiment.parameter.Values;
import org.bagnetlab.experiment.parameter.WholeNumber;
import org.bagnetlab.experiment.request.Decimal;
import org.bagnetlab.experiment.request.InvalidSpec;
import org.bagnetlab.protocol.Precision;

/** Trains a network, measures it, and draws what it sees. */
public final class TrainExperiment implements Experiment<TrainSpec> {

  /** Its name in requests. */
  public static final String NAME = "train";

  /**
   * The smallest learning rate: a smaller step is lost when it is added to a single-precision
   * weight.
   */
  private static final double SMALLEST_RATE = 1e-8;

  /**
   * The largest side of images with a heatmap at every pixel by default: for larger images it takes
   * longer than users want to wait.
   */
  private static final int LARGEST_IMAGE_AT_EVERY_PIXEL = 96;

  /** The network. */
  public static final Parameter<String> ARCHITECTURE =
      Parameter.of("architecture", "Architecture", "Network to train.", new ArchitectureName())
          .group(ParameterGroup.NETWORK)
          .option("--arch");

  /** The images. */
  public static final Parameter<String> DATASET =
      Parameter.of(
              "dataset",
              "Data set",
              "Images to train on. See: ./bagnetlab dataset list",
              new TrainingDataset())
          .group(ParameterGroup.DATA);

  /** The starting weights of the network. */
  public static final Parameter<StartingWeights> WEIGHTS =
      Parameter.of(
              "weights",
              "Starting weights",
              "Imported weights to start from. See: ./bagnetlab weights list",
              new WeightsName())
          .group(ParameterGroup.NETWORK)
          .defaultsTo(Default.absent("random weights, from scratch"))
          .keepsMemory();

  /** The training whose network is the start of the network. */
  public static final Parameter<StartingRun> FROM_RUN =
      Parameter.of(
              "fromRun",
              "Start from run",
              "Training whose network to start from, on any data set. It has the same architecture"
                  + " and width.",
              new StartingRunNumber())
          .group(ParameterGroup.NETWORK)
          .defaultsTo(Default.absent("none, from scratch or from weights"))
          .keepsMemory();

  /** The preset of other parameters. */
  public static final Parameter<Recipe> RECIPE = RecipeParameter.RECIPE;

  /** Side of the images. */
  public static final Parameter<Integer> IMAGE_SIZE =
      Parameter.of(
              "imageSize",
              "Image size",
              "Side of the images in pixels, a multiple of 4 (scrambling uses 4 × 4 tiles).",
              ImageSide.of(values -> values.find(DATASET), values -> values.find(ARCHITECTURE)))
          .group(ParameterGroup.DATA)
          .in("px")
          .inCaptions("%d px"::formatted)
          .essential()
          .option("--size")
          .defaultsTo(RecipeParameter.decides(Recipe::imageSize));

  /** Factor on the channel counts. */
  public static final Parameter<Double> WIDTH =
      Parameter.of(
              "width",
              "Width",
              "Multiplier of the channel counts.",
              new Checked<>(
                  new RealNumber(
                      values -> values.catalogue().smallestWidth(),
                      values -> values.catalogue().largestWidth()),
                  TrainingChecks::width))
          .group(ParameterGroup.NETWORK)
          .in("×")
          .inCaptions(width -> "width " + Decimal.plain(width))
          .essential()
          .defaultsTo(
              new Default<>(
                  Optional.of(
                      "that of the weights or the run, otherwise "
                          + RecipeParameter.decides(Recipe::width).words().orElse("")),
                  false,
                  TrainExperiment::usualWidth));

  /** The largest number of epochs. */
  public static final Parameter<Integer> EPOCHS =
      Parameter.of(
              "epochs",
              "Epochs",
              "Maximum passes over the training images.",
              WholeNumber.between(1, 1000))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(epochs -> epochs == 1 ? "1 epoch" : epochs + " epochs")
          .essential()
          .defaultsTo(RecipeParameter.decides(Recipe::epochs))
          .keepsMemory();

  /** Number of images per step. */
  public static final Parameter<Integer> BATCH_SIZE =
      Parameter.of("batchSize", "Batch size", "Images per step.", WholeNumber.between(2, 512))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual("batch size %d"::formatted)
          .option("--batch")
          .defaultsTo(RecipeParameter.decides(Recipe::batchSize));

  /** The largest learning rate of the schedule. */
  public static final Parameter<Double> LEARNING_RATE =
      Parameter.of(
              "learningRate",
              "Learning rate",
              "Largest learning rate of the schedule.",
              RealNumber.between(SMALLEST_RATE, 1))
          .group(ParameterGroup.OPTIMISATION)
          .inCaptionsIfUnusual(rate -> "learning rate " + Decimal.plain(rate))
          .defaultsTo(RecipeParameter.decides(Recipe::learningRate))
          .keepsMemory();

  /** The seed. Repetitions of a training differ in it. */
  public static final Parameter<Long> SEED =
      Parameter.of(
              "seed",
              "Seed",
              "Determines the split, the initial weights, the order of images, the augmentation and the"
                  + " scrambling.",
              new Seed())
          .essential()
          .replicate()
          .defaultsTo(1L)
          .keepsMemory();

  /** Distance between the patches of the heatmaps. */
  public static final Parameter<Integer> HEATMAP_STRIDE =
      Parameter.of(
              "heatmapStride",
              "Heatmap stride",
              "Distance in pixels between neighbouring patches of a heatmap.",
              new Stride())
          .in("px")
          .incidental()
          .option("--stride")
          .defaultsTo(
              Default.from(
                  "1, above %d px 8".formatted(LARGEST_IMAGE_AT_EVERY_PIXEL),
                  values ->
                      values.get(IMAGE_SIZE) > LARGEST_IMAGE_AT_EVERY_PIXEL ? Stride.LARGEST : 1));

  /**
   * Precision of the training, and with libtorch also of measuring and explaining its network. ND4J
   * does that in float32.
   */
  public static final Parameter<Precision> PRECISION =
      Parameter.of(
              "precision",
              "Precision",
              "Arithmetic of convolutions and matrix products. tf32 needs libtorch; bf16 needs libtorch or, for trainings with ND4J, a CPU with AVX512-BF16 or AMX.",
              new Checked<>(
                  new Choice<>(Precision.class, Precision::label), TrainingChecks::precision))
          .group(ParameterGroup.NETWORK)
          .inCaptionsIfUnusual(Precision::text)
          .defaultsTo(Precision.FP32);

  /**
   * Preparation of imported images for the training, and for measuring and explaining its network.
   */
  public static final Parameter<Preparation> PREPARATION =
      Parameter.of(
              "preparation",
              "Preparation",
              "How imported images are resized.",
              new Choice<>(Preparation.class, Preparation::label))
          .group(ParameterGroup.DATA)
          .defaultsTo(Preparation.PILLOW);

  /**
   * How to treat validation and test images that duplicate an image of an earlier part of the
   * split.
   */
  public static final Parameter<DuplicateImages> DUPLICATES =
      Parameter.of(
              "duplicates",
              "Duplicates",
              "Whether to leave out validation and test images that duplicate an image of an"
                  + " earlier part of the split. See: ./bagnetlab dataset check",
              new Choice<>(DuplicateImages.class, DuplicateImages::label))
          .group(ParameterGroup.DATA)
          .inCaptionsIfUnusual(duplicates -> "without duplicates")
          .defaultsTo(DuplicateImages.KEEP)
          .keepsMemory();

  /** Largest number of training images of each class. */
  public static final Parameter<Integer> TRAIN_IMAGES =
      Parameter.of(
              "trainImages",
              "Training images per class",
              "Maximum number of training images of each class. A smaller set is part of a larger"
                  + " one; validation and test images stay the same. With equally many epochs,"
                  + " fewer images mean fewer steps, too.",
              new ImagesOfClass())
          .group(ParameterGroup.DATA)
          .inCaptionsIfUnusual(
              most -> most + (most == 1 ? " training image" : " training images") + " per class")
          .defaultsTo(Default.absent(ImagesOfClass.ALL))
          .keepsMemory();

  /** The seed of the scrambling, if there is one. */
  public static final Axis SCRAMBLE_SEED = Axis.of("scrambleSeed", "Scrambling seed");

  /** Share of images that are recognised; for scrambled images, by the seed of the scrambling. */
  public static final Output ACCURACY =
      Output.scalar("accuracy", "Accuracy", Metric.ACCURACY, SCRAMBLE_SEED);

  /** Cross-entropy on the same images. */
  public static final Output LOSS = Output.scalar("loss", "Loss", Metric.LOSS, SCRAMBLE_SEED);

  /** Position in a training, from 1. */
  public static final Axis EPOCH = Axis.of("epoch", "Epoch");

  /** Accuracy on training and validation images after each epoch. */
  public static final Output EPOCH_ACCURACY =
      Output.curve("epoch-accuracy", "Accuracy by epoch", Metric.ACCURACY, EPOCH);

  /** Cross-entropy on training and validation images after each epoch. */
  public static final Output EPOCH_LOSS =
      Output.curve("epoch-loss", "Loss by epoch", Metric.LOSS, EPOCH);

  /** The learning rate at the end of each epoch. */
  public static final Output EPOCH_LEARNING_RATE =
      Output.curve("epoch-learning-rate", "Learning rate by epoch", Metric.LEARNING_RATE, EPOCH);

  /**
   * Mean absolute value of the logit map over images, classes and positions, during the training of
   * an epoch. A training with sparsity minimises this value, times its sparsity factor, in addition
   * to the loss. Other trainings do not have this output.
   */
  public static final Output EPOCH_EVIDENCE =
      Output.curve(
          "epoch-evidence",
          "Mean absolute patch logit by epoch",
          Metric.of("mean-evidence", "Mean absolute patch logit", Metric.Unit.NONE),
          EPOCH);

  /** The default width; that of a run is known only when the job is queued. */
  private static Optional<Double> usualWidth(Values before) {
    return before.find(FROM_RUN).isPresent()
        ? Optional.empty()
        : WeightsName.width(before).or(() -> Optional.of(before.get(RECIPE).width()));
  }

  @Override
  public About about() {
    return new About(
        NAME,
        "Training",
        "Train a network and evaluate it on validation, test and scrambled test images; for BagNets, also compute heatmaps.",
        new Source(Source.REPORT, "Table 1"),
        Subject.dataset());
  }

  /** The parameters that every stored training has, unless they have no value. */
  private static final List<Parameter<?>> FIRST =
      List.of(
          ARCHITECTURE,
          DATASET,
          TRAIN_IMAGES,
          WEIGHTS,
          FROM_RUN,
          RECIPE,
          IMAGE_SIZE,
          WIDTH,
          ObjectiveParameters.SPARSITY,
          EPOCHS,
          BATCH_SIZE,
          LEARNING_RATE,
          SEED,
          HEATMAP_STRIDE,
          PRECISION,
          PREPARATION,
          DUPLICATES);

  private static final List<Parameter<?>> OWN =
      Stream.of(
              FIRST,
              OptimisationParameters.ALL,
              ObjectiveParameters.LATER,
              AugmentationParameters.ALL)
          .<Parameter<?>>flatMap(List::stream)
          .toList();

  /** All parameters of trainings. Those of modules come last. */
  public static final List<Parameter<?>> PARAMETERS = TrainingParameterProvider.with(OWN);

  /** The parameters of this version that stored trainings may lack: then they have defaults. */
  static final List<Parameter<?>> LATER = OWN.subList(FIRST.size(), OWN.size());

  /** The parameters that modules add. */
  static final List<Parameter<?>> OF_MODULES = PARAMETERS.subList(OWN.size(), PARAMETERS.size());

  /**
   * The parameters that distinguish trainings of the same architecture: numbers of trainings that
   * differ in one of them are not averaged.
   */
  public static final List<Parameter<?>> DISTINGUISHING =
      PARAMETERS.stream()
          .filter(
              parameter ->
                  parameter.role() == ParameterRole.IDENTITY && !parameter.equals(ARCHITECTURE))
          .toList();

  /** The name of a recipe in captions. */
  public static String phrase(Recipe recipe) {
    return recipe.text() + " recipe";
  }

  @Override
  public List<Parameter<?>> parameters() {
    return PARAMETERS;
  }

  @Override
  public List<Output> outputs() {
    return List.of(
        ACCURACY,
        LOSS,
        EPOCH_ACCURACY,
        EPOCH_LOSS,
        EPOCH_LEARNING_RATE,
        EPOCH_EVIDENCE,
        HeatmapExperiment.PICTURES,
        HeatmapExperiment.HEATMAP);
  }

  @Override
  public TrainSpec specification(Settings settings) {
    return new TrainSpec(settings);
  }

  /** Reads a stored specification. Parameters that were added later get their defaults. */
  @Override
  public TrainSpec stored(ObjectNode specification) {
    List<Parameter<?>> present =
        PARAMETERS.stream()
            .filter(parameter -> specification.has(parameter.name()) || FIRST.contains(parameter))
            .toList();
    return specification(Settings.stored(present, specification).completedBy(PARAMETERS));
  }

  @Override
  public String title(TrainSpec spec, Catalogue catalogue) {
    return "%s on %s, %s, seed %d%s"
        .formatted(
            catalogue.label(spec.architecture()),
            spec.dataset(),
            String.join(", ", spec.settings().phrases().values()),
            spec.seed(),
            spec.weights()
                .map(StartingWeights::name)
                .or(() -> spec.subject().map(run -> "run " + run))
                .map(origin -> ", from " + origin)
                .orElse(""));
  }

  /**
   * Rejects another network than that of the run that the training starts from. Its images may have
   * any size.
   */
  @Override
  public void check(TrainSpec spec, TrainSpec trained) {
    requireThatOfRun(spec, ARCHITECTURE.name(), spec.architecture(), trained.architecture());
    spec.find(WIDTH)
        .ifPresent(
            width ->
                requireThatOfRun(
                    spec, WIDTH.name(), Decimal.plain(width), Decimal.plain(trained.width())));
  }

  private static void requireThatOfRun(TrainSpec spec, String name, String value, String ofRun) {
    if (!value.equals(ofRun)) {
      throw new InvalidSpec(
          name,
          "%s must be that of run %d, %s, but is %s."
              .formatted(name, spec.subject().orElseThrow(), ofRun, value));
    }
  }

  @Override
  public double cost(TrainSpec spec, Workload workload) {
    double epoch = (double) imageCost(spec) * workload.train() + workload.validation();
    return spec.get(EPOCHS) * epoch + measuring(spec, workload);
  }

  /**
   * The cost of a training image, in forward passes. Where only the last layers are trained, that
   * of their backward pass is small.
   */
  public static int imageCost(TrainSpec spec) {
    return spec.get(OptimisationParameters.TRAINABLE) == TrainablePart.ALL
        ? Workload.TRAINING_COST
        : 1;
  }

  /** The part of a training's cost that comes after its last epoch. */
  public static double measuring(TrainSpec spec, Workload workload) {
    return workload.validation()
        + 2.0 * workload.test()
        + 2.0 * workload.samples() * workload.heatmap(spec.get(HEATMAP_STRIDE));
  }
}
