package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.duplicate.DuplicatePairs;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.training.Trainer;

/**
 * The context of a runner.
 *
 * @param assignment the job and its inputs
 * @param engine engine that compiles networks
 * @param events sends events to the server
 * @param cancellation the server's request to stop the job, if any
 * @param artifacts sends files to the server
 * @param outputs sends results to the server
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

  /** The training of the job's network. */
  public TrainSpec training() {
    return (TrainSpec) Experiments.read(subject().spec());
  }

  private Assignment.Subject subject() {
    return assignment
        .subject()
        .orElseThrow(() -> new IllegalStateException("the assignment has no run"));
  }

  /** The weights of the kept epoch of the network that the job analyses or trains further. */
  public Path checkpoint() {
    return Path.of(subject().checkpoint());
  }

  /** The job's network, which may be imported, and its input images. */
  public SubjectNetwork network(NetworkSpec about) throws IOException {
    return SubjectNetwork.load(this, about);
  }

  /** The data set of a training. */
  public SceneDataset dataset(TrainSpec spec) {
    return dataset(spec.dataset());
  }

  /** The data set with this name. */
  SceneDataset dataset(String name) {
    return JobDatasets.find(Path.of(assignment.datasets()), name);
  }

  /** The split of a training. */
  public Split split(SceneDataset dataset, TrainSpec spec) throws IOException {
    try {
      // The duplicates of all training images are left out even if a training uses only some of the
      // images, so that trainings on different numbers of images have the same validation and test
      // images.
      return Split.of(dataset, spec.seed())
          .without(leftOut(spec), dataset.classes())
          .learning(spec.find(TrainExperiment.TRAIN_IMAGES));
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("dataset-too-small", "dataset", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The duplicates that a training leaves out, as does a measurement on the images that the
   * training did not use.
   */
  DuplicatePairs leftOut(TrainSpec spec) throws IOException {
    return switch (spec.get(TrainExperiment.DUPLICATES)) {
      case KEEP -> DuplicatePairs.NONE;
      case LEAVE_OUT -> JobDatasets.duplicates(Path.of(assignment.datasets()), spec);
    };
  }

  /** The architecture of a training, for the classes of its data set. */
  public Architecture architecture(TrainSpec spec, SceneDataset dataset) {
    return NetworkShape.of(spec).build(dataset.classes().size());
  }

  /** Compiles a network with the optimiser of a training. */
  public Network compile(Architecture architecture, TrainSpec spec) {
    return engine.compile(architecture, optimiser(spec), spec.seed());
  }

  private static Optimiser optimiser(TrainSpec spec) {
    return switch (spec.get(OptimisationParameters.OPTIMISER)) {
      case ADAM -> Optimiser.ADAM;
      case ADAMW -> Optimiser.ADAMW;
      case SGD -> Optimiser.SGD;
      case NESTEROV -> Optimiser.NESTEROV;
    };
  }

  /**
   * The sizes that determine the cost of work on a training's network.
   *
   * @param samples number of images that a training explains
   */
  public static Workload workload(TrainSpec spec, Split split, int samples) {
    return workload(
        NetworkShape.of(spec),
        split.train().size(),
        split.validation().size(),
        split.test().size(),
        samples);
  }

  /** Starts measuring time, with all of the job's work ahead. */
  public void start(JobSpec spec, Workload workload) {
    progress.start(cost(spec, workload));
  }

  /**
   * Like {@link #start}, for work that is the same for each image. The result accepts numbers of
   * completed images.
   */
  public IntConsumer startByImage(JobSpec spec, Workload workload) {
    start(spec, workload);
    return progress(Phase.TESTING, workload.test(), cost(spec, workload) / workload.test());
  }

  private static double cost(JobSpec spec, Workload workload) {
    return Experiments.of(spec).orElseThrow().costOf(spec, workload);
  }

  /**
   * The result accepts amounts of completed work: it reports them, and leaves the job if it should
   * stop and there is more to do.
   *
   * @param total total amount of work, in images or forward passes
   * @param cost per unit, in forward passes
   */
  public IntConsumer progress(Phase phase, int total, double cost) {
    int[] done = {0};
    return more -> {
      done[0] += more;
      progress.advance(phase, 0, 0, done[0], total, more, cost);
      if (done[0] < total) {
        cancellation.check();
      }
    };
  }

  /** Measures a network on images. */
  public Evaluation evaluate(Network network, LoadedImages images, Phase phase) {
    IntConsumer progress = progress(phase, images.count(), 1);
    int[] before = {0};
    return Evaluation.of(
        network,
        images,
        Trainer.EVALUATION_BATCH,
        done -> {
          progress.accept(done - before[0]);
          before[0] = done;
        });
  }

  /**
   * Passes images to a measure in batches.
   *
   * @param size number of images per batch
   * @param progress receives the number of images of each completed batch
   * @param measure receives the images' indices and the images
   */
  public void eachBatch(
      LoadedImages images, int size, IntConsumer progress, BiConsumer<int[], Batch> measure) {
    for (int from = 0; from < images.count(); from += size) {
      cancellation.check();
      int[] indices = IntStream.range(from, Math.min(images.count(), from + size)).toArray();
      measure.accept(indices, images.batch(indices));
      progress.accept(indices.length);
    }
  }

  static Workload workload(NetworkShape shape, int train, int validation, int test, int samples) {
    return new Workload(train, validation, test, samples, shape.imageSize(), shape.patches());
  }
}
