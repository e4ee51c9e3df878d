package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.network.ImageChoice;
import org.bagnetlab.experiment.network.ImportedNetwork;
import org.bagnetlab.experiment.network.NetworkParameters;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.network.OnImages;
import org.bagnetlab.experiment.network.OtherClasses;
import org.bagnetlab.experiment.output.Axis;
import org.bagnetlab.experiment.parameter.Parameter;
import org.bagnetlab.experiment.train.Recipe;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.CheckpointFile;
import org.bagnetlab.vision.checkpoint.FittedWeights;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.RelabelledDataset;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.split.Subset;
import org.bagnetlab.vision.dataset.split.UnusedImages;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.scrambling.Scramble;

/**
 * The network of a job, trained here or imported, with the data set of its input images.
 *
 * @param shape properties of the network
 * @param training how it was trained; empty if it is imported
 * @param dataset the images, labelled by the network's outputs
 * @param split the training's split of this data set; empty if the network was not trained on it
 *     here
 * @param leftOut duplicates that both the training and a measurement on unused images leave out
 * @param network the network, closed by this object
 */
public record SubjectNetwork(
    NetworkShape shape,
    Optional<TrainSpec> training,
    SceneDataset dataset,
    Optional<Split> split,
    DuplicatePairs leftOut,
    Network network)
    implements AutoCloseable {

  private static final long SEED_OF_IMPORTED = 1;

  static SubjectNetwork load(Run run, NetworkSpec about) throws IOException {
    return about.weights().isPresent()
        ? imported(run, about, about.weights().get())
        : trained(run, about);
  }

  private static SubjectNetwork trained(Run run, NetworkSpec about) throws IOException {
    TrainSpec training = run.training();
    SceneDataset own = run.dataset(training);
    Checkpoint learnt = Checkpoint.read(run.checkpoint());
    requireSameImages(learnt, own);
    Optional<SceneDataset> other =
        about
            .dataset()
            .filter(name -> !name.equals(training.dataset()))
            .map(name -> run.dataset(name))
            .map(dataset -> relabelled(dataset, own.classes(), training.dataset()));
    Optional<Split> split =
        other.isPresent() ? Optional.empty() : Optional.of(run.split(own, training));
    return new SubjectNetwork(
        NetworkShape.of(training),
        Optional.of(training),
        other.orElse(own),
        split,
        other.isPresent() ? DuplicatePairs.NONE : run.leftOut(training),
        loaded(run.compile(run.architecture(training, own), training), learnt.weights()));
  }

  /**
   * Rejects a data set whose images have changed: its test images may have been training images.
   */
  private static void requireSameImages(Checkpoint learnt, SceneDataset dataset) {
    // Files of earlier versions have no checksum.
    String checksum =
        learnt.facts().getOrDefault(ArtifactFacts.DATASET_CHECKSUM, dataset.checksum());
    if (!checksum.equals(dataset.checksum())) {
      throw new InvalidJob(
          "dataset-changed",
          "run",
          "The data set '%s' has other images now than when this network was trained. Train it again, or import its images again under that name, and these under another one."
              .formatted(dataset.name()));
    }
  }

  private static Network loaded(Network network, Map<String, float[]> weights) {
    try {
      network.load(weights);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static SubjectNetwork imported(Run run, NetworkSpec about, ImportedNetwork imported)
      throws IOException {
    NetworkShape shape = NetworkShape.of(imported, about.imageSize().orElseThrow());
    CheckpointFile file =
        CheckpointFile.read(
            WeightsFile.of(
                Path.of(run.assignment().weights().orElseThrow()),
                imported.version(),
                imported.architecture(),
                imported.width()));
    FittedWeights fitted = FittedWeights.of(file, shape.blueprint(), Optional.of(imported.width()));
    SceneDataset dataset = run.dataset(about.dataset().orElseThrow());
    List<String> classes = classes(file, fitted.classes(), imported, dataset);
    System.err.printf("Using the weights '%s' (%s).%n", imported.name(), imported.regime());
    fitted.notes().forEach(System.err::println);
    System.err.printf("Their outputs are: %s.%n", String.join(", ", classes));
    return new SubjectNetwork(
        shape,
        Optional.empty(),
        relabelled(dataset, classes, "the weights '%s'".formatted(imported.name())),
        Optional.empty(),
        DuplicatePairs.NONE,
        loaded(
            run.engine().compile(shape.build(classes.size()), Optimiser.ADAM, SEED_OF_IMPORTED),
            fitted.values()));
  }

  /**
   * The classes in the order of the outputs: as named in a checkpoint of this project, otherwise
   * the data set's classes, whose names are sorted.
   */
  private static List<String> classes(
      CheckpointFile file, int outputs, ImportedNetwork imported, SceneDataset dataset) {
    if (outputs != dataset.classes().size()) {
      throw new InvalidJob(
          "classes-differ",
          "dataset",
          "The weights '%s' have %d outputs, but data set %s has %d classes."
              .formatted(imported.name(), outputs, dataset.name(), dataset.classes().size()));
    }
    return NetworkFacts.in(file.metadata())
        .ofClasses(outputs)
        .classNames()
        .orElse(dataset.classes());
  }

  private static SceneDataset relabelled(SceneDataset dataset, List<String> classes, String owner) {
    OtherClasses.difference(classes, owner, dataset.classes(), dataset.name())
        .ifPresent(
            difference -> {
              throw new InvalidJob("classes-differ", "dataset", difference);
            });
    return RelabelledDataset.of(dataset, classes);
  }

  /** The scrambling of the network's images for pictures. */
  public Scramble scramble() {
    return scramble(training.map(TrainSpec::seed).orElse(SEED_OF_IMPORTED));
  }

  /** The scrambling of the network's images with a seed. */
  public Scramble scramble(long seed) {
    return new Scramble(TrainSpec.SCRAMBLE_TILES_A_SIDE, seed);
  }

  /** Whether a job's images are the test images that the training was measured on. */
  public boolean onOwnTestImages(NetworkSpec spec) {
    return split.isPresent()
        && spec.images().orElse(ImageChoice.TEST) == ImageChoice.TEST
        && spec.subset().isEmpty();
  }

  /**
   * The images that a job chooses.
   *
   * @throws InvalidJob if there are none
   */
  public List<SceneImage> images(NetworkSpec spec) {
    List<SceneImage> chosen =
        switch (choice(spec)) {
          case TEST -> split.orElseThrow(this::noTestImages).test();
          case UNUSED -> UnusedImages.of(dataset, split, leftOut);
          case ALL -> dataset.images();
        };
    if (chosen.isEmpty()) {
      throw new InvalidJob(
          "no-images",
          "images",
          "Data set %s has no images that the run's split lacks.".formatted(dataset.name()));
    }
    return spec.subset()
        .map(most -> Subset.of(chosen, most, spec.get(NetworkParameters.SUBSET_SEED)))
        .orElse(chosen);
  }

  /**
   * The images that a job chooses, as given to the network.
   *
   * @throws InvalidJob if there are none
   */
  public LoadedImages loaded(NetworkSpec spec) {
    return loaded(images(spec));
  }

  /**
   * Like {@link #loaded(NetworkSpec)}, but at most as many images as a parameter says, from all
   * classes.
   */
  public LoadedImages loaded(NetworkSpec spec, Parameter<Integer> most) {
    return loaded(Subset.spread(images(spec), spec.get(most)));
  }

  /** The pixels of images, as given to the network. */
  public LoadedImages loaded(List<SceneImage> images) {
    return LoadedImages.of(dataset, List.of(images), shape.imageSize()).get(0);
  }

  private ImageChoice choice(NetworkSpec spec) {
    return spec.images().orElse(split.isPresent() ? ImageChoice.TEST : ImageChoice.ALL);
  }

  private InvalidJob noTestImages() {
    return new InvalidJob(
        "no-images",
        "images",
        "The network was not trained on %s here, so no split says which images are its test images: choose unused or all."
            .formatted(dataset.name()));
  }

  /**
   * The size of the training's batches, whose backward pass is known to fit into memory; for
   * imported networks the size used to fine-tune them.
   */
  public int trainingBatch() {
    return training
        .map(spec -> spec.get(TrainExperiment.BATCH_SIZE))
        .orElseGet(Recipe.REPORT::batchSize);
  }

  /** Accepts a job's results on its images. */
  public ImageOutputs outputs(Run run, NetworkSpec spec) {
    Map<Axis, Object> axes = new LinkedHashMap<>();
    if (!onOwnTestImages(spec)) {
      axes.put(OnImages.DATASET, dataset.name());
      axes.put(OnImages.IMAGES, choice(spec).text());
      spec.subset()
          .ifPresent(
              most -> {
                axes.put(OnImages.SUBSET, most);
                axes.put(OnImages.SUBSET_SEED, spec.get(NetworkParameters.SUBSET_SEED));
              });
    }
    return new ImageOutputs(run.outputs(), axes);
  }

  /** The sizes that determine the cost of work on some of the network's images. */
  public Workload workload(int validation, int images) {
    return workload(0, validation, images);
  }

  /** Like {@link #workload(int, int)}, with training images, too. */
  public Workload workload(int training, int validation, int images) {
    return Run.workload(shape, training, validation, images, 0);
  }

  @Override
  public void close() {
    network.close();
  }
}
