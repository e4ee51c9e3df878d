package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.split.Split;
import org.bagnetlab.vision.network.Network;

/**
 * The network of an earlier run, with its best epoch's weights.
 *
 * @param training how it was trained
 * @param dataset its images
 * @param split which of them it learnt
 * @param network the network, which this closes
 */
public record TrainedNetwork(TrainSpec training, SceneDataset dataset, Split split, Network network)
    implements AutoCloseable {

  static TrainedNetwork load(Run run, TrainSpec training, Path checkpoint) throws IOException {
    SceneDataset dataset = run.dataset(training);
    Checkpoint learnt = Checkpoint.read(checkpoint);
    requireSameImages(learnt, dataset);
    Split split = run.split(dataset, training);
    Network network = run.compile(run.architecture(training, dataset), training);
    try {
      network.load(learnt.weights());
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    return new TrainedNetwork(training, dataset, split, network);
  }

  /** Of others it may have learnt those that would be its test images now. */
  private static void requireSameImages(Checkpoint learnt, SceneDataset dataset) {
    // Files of earlier versions do not tell.
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

  /** The sizes that work on it depends on. */
  public Workload workload() {
    return Run.workload(training, split, 0);
  }

  @Override
  public void close() {
    network.close();
  }
}
