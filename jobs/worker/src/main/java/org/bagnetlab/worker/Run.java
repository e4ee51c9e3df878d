package org.bagnetlab.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.protocol.Assignment;
import org.bagnetlab.protocol.JobSpec;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Architectures;
import org.bagnetlab.vision.architecture.Blueprint;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Split;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;

/**
 * What every kind of job has at hand.
 *
 * @param engine compiles networks
 * @param events to the server
 * @param cancellation from the server
 * @param artifacts takes files
 * @param datasets folder of the imported data sets
 * @param weights folder of the imported weights; empty where the job needs none
 */
record Run(
    Engine engine,
    EventWriter events,
    Cancellation cancellation,
    ArtifactWriter artifacts,
    Path datasets,
    Path weights) {

  /** The data set of a training. */
  SceneDataset dataset(JobSpec.Train spec) {
    return DatasetOf.training(datasets, spec);
  }

  /** The split of a training. */
  Split split(SceneDataset dataset, JobSpec.Train spec) {
    try {
      return Split.of(dataset, spec.seed());
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("dataset-too-small", "dataset", String.valueOf(e.getMessage()));
    }
  }

  /** The architecture of a training, for the classes of its data set. */
  Architecture architecture(JobSpec.Train spec, SceneDataset dataset) {
    try {
      Architecture architecture =
          blueprint(spec).build(dataset.classes().size(), spec.width(), spec.imageSize());
      architecture.shapes();
      return architecture;
    } catch (IllegalArgumentException e) {
      throw new InvalidJob("image-too-small", "imageSize", String.valueOf(e.getMessage()));
    }
  }

  /** The registered network of a training. */
  Blueprint blueprint(JobSpec.Train spec) {
    return Architectures.find(spec.architecture())
        .orElseThrow(
            () ->
                new InvalidJob(
                    "architecture-unknown",
                    "architecture",
                    "There is no architecture '%s'.".formatted(spec.architecture())));
  }

  /** The network of an earlier run, with its best epoch's weights. */
  Network network(Assignment.Subject subject, SceneDataset dataset) throws IOException {
    Network network = compile(architecture(subject.spec(), dataset), subject.spec());
    network.load(Checkpoint.read(Path.of(subject.checkpoint())).weights());
    return network;
  }

  /** Compiles a network for the recipe of a training. */
  Network compile(Architecture architecture, JobSpec.Train spec) {
    Optimiser optimiser =
        switch (spec.recipe()) {
          case QUICK, REPORT -> Optimiser.ADAM;
          case SGD -> Optimiser.SGD;
        };
    return engine.compile(architecture, optimiser, spec.seed());
  }
}
