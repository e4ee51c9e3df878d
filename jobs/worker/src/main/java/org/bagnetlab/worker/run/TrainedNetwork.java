package org.bagnetlab.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import org.bagnetlab.experiment.Workload;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.dataset.Split;
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
    Split split = run.split(dataset, training);
    Network network = run.compile(run.architecture(training, dataset), training);
    try {
      network.load(Checkpoint.read(checkpoint).weights());
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
    return new TrainedNetwork(training, dataset, split, network);
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
