package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bagnetlab.experiment.Experiment;
import org.bagnetlab.experiment.Experiments;
import org.bagnetlab.experiment.JobSpec;
import org.bagnetlab.experiment.train.TrainExperiment;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.dataset.store.DatasetStore;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.worker.engine.LocalEngine;

/**
 * A small network that has learnt enough to tell some classes of controlled-15 apart, as the
 * subject of jobs.
 *
 * @param training how a job is told that it was trained
 * @param checkpoint its weights
 */
public record LearntNetwork(TrainSpec training, Path checkpoint) {

  private static final int STEPS = 30;
  private static final int BATCH = 32;
  private static final double RATE = 1e-2;

  /** Trains it, and leaves its weights in a folder. */
  public static LearntNetwork in(Path folder, String name) throws IOException {
    TrainSpec training =
        TrainSpec.of(name, "controlled-15")
            .with(TrainExperiment.WIDTH, 0.03)
            .with(TrainExperiment.EPOCHS, 1)
            .with(TrainExperiment.LEARNING_RATE, 1e-3)
            .with(TrainExperiment.HEATMAP_STRIDE, 8);
    Path checkpoint = folder.resolve(name + ".safetensors");
    SceneDataset dataset = new DatasetStore(folder).find(training.dataset()).orElseThrow();
    LoadedImages images =
        LoadedImages.of(
                dataset, List.of(Split.of(dataset, training.seed()).train()), training.imageSize())
            .get(0);
    Architecture architecture =
        Architectures.named(name)
            .build(dataset.classes().size(), training.width(), training.imageSize())
            .withMomentumAtLeast(0.1);
    Random random = new Random(1);
    try (Network network = LocalEngine.start().compile(architecture, Optimiser.ADAM, 1)) {
      for (int step = 0; step < STEPS; step++) {
        int[] indices = random.ints(BATCH, 0, images.count()).toArray();
        var _ = network.train(images.batch(indices), images.labels(indices), RATE);
      }
      Checkpoint.of(Map.of(), network.weights()).write(checkpoint, architecture);
    }
    return new LearntNetwork(training, checkpoint);
  }

  /** The run of a job about it, which writes into its folder. */
  public Run run(
      JobSpec spec, Experiment<?> experiment, WrittenEvents written, Cancellation cancellation) {
    String folder = String.valueOf(checkpoint.getParent());
    return Run.of(
        new Assignment(
            2,
            Experiments.canonical(spec),
            folder,
            folder,
            Optional.empty(),
            Optional.of(
                new Assignment.Subject(Experiments.canonical(training), checkpoint.toString())),
            Optional.empty(),
            60,
            Optional.empty()),
        experiment,
        LocalEngine.start(),
        written.writer(),
        cancellation);
  }
}
