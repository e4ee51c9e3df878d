package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;

/**
 * The context of a runner.
 *
 * @param assignment the job and its inputs
 * @param engine compiles networks
 * @param events to the server
 * @param cancellation from the server
 * @param artifacts receives files
 * @param outputs receives results
 * @param progress reports the job's progress
 */
public record Run(
    Assignment assignment,
    Engine engine,
    EventWriter events,
    Cancellation cancellation,
    ArtifactWriter artifacts,
    Outputs outputs,
    Progress progress) {

  /** The run of a job of an experiment. */
  public static Run of(
      Assignment assignment,
      Experiment<?> experiment,
      Engine engine,
      EventWriter events,
      Cancellation cancellation) {
    ArtifactWriter artifacts = new ArtifactWriter(Path.of(assignment.directory()), events);
    return new Run(
        assignment,
        engine,
        events,
        cancellation,
        artifacts,
        new Outputs(experiment.outputs(), artifacts, events),
        new Progress(events));
  }

  /** The training of the network that the job is about. */
  public TrainSpec training() {
    return (TrainSpec) Experiments.read(subject().spec());
  }

  private Assignment.Subject subject() {
    return assignment
        .subject()
        .orElseThrow(() -> new IllegalStateException("the assignment has no run"));
  }

  /** The weights of the best epoch of the network that the job is about. */
  Path checkpoint() {
    return Path.of(subject().checkpoint());
  }

  /** The network that the job is about, which may be imported, and its input images. */
  public SubjectNetwork network(NetworkSpec about) throws IOException {
    return SubjectNetwork.load(this, about);
  }

  /** The data set of a training. */
  public SceneDataset dataset(TrainSpec spec) {
    return dataset(spec.dataset());
  }

  /** The data set with this name. */
  SceneDataset dataset(String name) {
    return DatasetOf.name(Path.of(assignment.datasets()), name);
  }

  /** The split of a training. */
  public Split split(SceneDataset dataset, TrainSpec spec) throws IOException {
    try {
      // The duplicates of all training images are left out, so that trainings on different numbers
      // of images have the same validation and test images.
      return Split.of(dataset, spec.seed())
          .without(leftOut(spec), dataset.classes())
          .learning(spec.find(TrainExperiment.TRAIN_IMAGES));
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("dataset-too-small", "dataset", String.valueOf(e.getMessage()));
    }
  }

  /** The duplicates that a training and a measurement on its unused images leave out. */
  DuplicatePairs leftOut(TrainSpec spec) throws IOException {
    return switch (spec.get(TrainExperiment.DUPLICATES)) {
      case KEEP -> DuplicatePairs.NONE;
      case LEAVE_OUT -> DatasetOf.duplicates(Path.of(assignment.datasets()), spec);
    };
  }

  /** The architecture of a training, for the classes of its data set. */
  public Architecture architecture(TrainSpec spec, SceneDataset dataset) {
    return NetworkShape.of(spec).build(dataset.classes().size());
  }

  /** Compiles a network for the recipe of a training. */
  public Network compile(Architecture architecture, TrainSpec spec) {
    Optimiser optimiser =
        switch (spec.get(TrainExperiment.RECIPE)) {
          case QUICK, REPORT -> Optimiser.ADAM;
          case SGD -> Optimiser.SGD;
        };
    return engine.compile(architecture, optimiser, spec.seed());
  }

  /**
   * The sizes that determine the cost of work on a training's network.
   *
   * @param samples images that a training explains
   */
  public static Workload workload(TrainSpec spec, Split split, int samples) {
    return workload(
        NetworkShape.of(spec),
        split.train().size(),
        split.validation().size(),
        split.test().size(),
        samples);
  }

  /**
   * Receives forward passes over images as they are done: reports them, and leaves the job if it
   * should stop.
   *
   * @param total number of all passes
   */
  public IntConsumer explaining(int total) {
    int[] done = {0};
    return passes -> {
      cancellation.check();
      done[0] += passes;
      progress.advance(Phase.EXPLAINING, 0, 0, done[0], total, passes, 1);
    };
  }

  static Workload workload(NetworkShape shape, int train, int validation, int test, int samples) {
    return new Workload(train, validation, test, samples, shape.imageSize(), shape.patches());
  }
}
