package org.bagnetlab.worker.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.protocol.ArtifactFacts;
import org.bagnetlab.protocol.ArtifactKind;
import org.bagnetlab.protocol.Json;
import org.bagnetlab.protocol.Provenance;
import org.bagnetlab.vision.checkpoint.Checkpoint;
import org.bagnetlab.vision.checkpoint.NetworkFacts;
import org.bagnetlab.vision.dataset.SceneDataset;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.training.TrainingState;
import org.bagnetlab.vision.training.WeightAverage;
import org.bagnetlab.worker.run.ArtifactWriter;
import org.bagnetlab.worker.run.InvalidJob;

/**
 * The files of a running training: the weights of the epoch to keep, and periodically the full
 * state, from which another worker can resume with the same result.
 */
final class TrainingFiles {

  private static final String CHECKSUM = ArtifactFacts.DATASET_CHECKSUM;

  /** Metadata of a checkpoint: the {@link Provenance} of its worker, as JSON. */
  static final String PROVENANCE = "provenance";

  /** Writing may take one part in this many of the training's time. */
  private static final int LARGEST_SHARE = 30;

  private final ArtifactWriter artifacts;
  private final TrainSpec spec;
  private final TrainedPart part;
  private final Network network;
  private final SceneDataset dataset;
  private final Provenance provenance;
  private final Optional<WeightAverage> average;
  private final long interval;
  private TrainingState kept = TrainingState.start();
  private long nextAt;

  /**
   * Prepares for writing.
   *
   * @param provenance what computes in this process
   * @param seconds minimum time between two training states
   */
  TrainingFiles(
      ArtifactWriter artifacts,
      TrainSpec spec,
      TrainedPart part,
      SceneDataset dataset,
      Provenance provenance,
      int seconds) {
    this.artifacts = artifacts;
    this.spec = spec;
    this.part = part;
    this.network = part.network();
    this.dataset = dataset;
    this.provenance = provenance;
    this.average = new TrainingPlan(spec).average();
    this.interval = seconds * 1_000_000_000L;
    this.nextAt = System.nanoTime() + interval;
  }

  /** The average of the network's weights that the training keeps, if any. */
  Optional<WeightAverage> average() {
    return average;
  }

  /** Restores the network's state that an earlier worker saved. */
  TrainingState resume(Path file) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    requireSameData(checkpoint);
    TrainingState state = TrainingState.in(checkpoint.facts());
    part.load(checkpoint.weights());
    network.loadOptimiser(checkpoint.optimiser());
    average.ifPresent(values -> values.restore(checkpoint.optimiser()));
    int epoch = new TrainingPlan(spec).keptEpoch(state);
    if (epoch > 0) {
      network(epoch, checkpoint.best()).write(artifacts.path(TrainRunner.BEST), part.whole());
    }
    kept = state;
    System.err.printf("Resuming after batch %d of epoch %d.%n", state.batches(), state.epoch());
    return state;
  }

  /** The kept epoch's weights, which an earlier worker saved after its training. */
  Map<String, float[]> trained(Path file) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(file);
    requireSameData(checkpoint);
    return checkpoint.weights();
  }

  /**
   * Rejects a checkpoint of a training on other data. Files of earlier versions do not record their
   * data.
   */
  private void requireSameData(Checkpoint checkpoint) {
    String checksum = checkpoint.facts().getOrDefault(CHECKSUM, dataset.checksum());
    if (!checksum.equals(dataset.checksum())) {
      throw new InvalidJob(
          "dataset-changed",
          "dataset",
          "The data set '%s' was imported again after this training started. Submit a new job."
              .formatted(spec.dataset()));
    }
  }

  /** Saves the network's weights as those of the epoch to keep so far. */
  void writeKept(int epoch) throws IOException {
    network(epoch, part.weights()).write(artifacts.path(TrainRunner.BEST), part.whole());
  }

  private Checkpoint network(int epoch, Map<String, float[]> weights) {
    return Checkpoint.of(
        facts(Map.of("epoch", String.valueOf(epoch), CHECKSUM, dataset.checksum())), weights);
  }

  private Map<String, String> facts(Map<String, String> others) {
    Map<String, String> facts =
        NetworkFacts.trained(spec.width(), spec.imageSize(), dataset.classes())
            .after(TrainingOrigin.before(others, spec));
    facts.put(PROVENANCE, Json.line(provenance));
    return facts;
  }

  /** Saves the training's state if that is due. A state that cannot be written is skipped. */
  void savePeriodically(TrainingState state) {
    if (System.nanoTime() < nextAt) {
      return;
    }
    long start = System.nanoTime();
    try {
      keep(state);
    } catch (IOException e) {
      // Continue without it: the training may well end before the state is needed.
      System.err.println("The training state could not be saved: " + e.getMessage());
      discard(state);
    }
    long now = System.nanoTime();
    nextAt = now + Math.max(interval, LARGEST_SHARE * (now - start));
  }

  private void discard(TrainingState state) {
    try {
      Path file = artifacts.path(name(state));
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".part"));
    } catch (IOException e) {
      System.err.println("Its remaining files could not be removed: " + e.getMessage());
    }
  }

  /**
   * Saves the training's state, unless the server already has it.
   *
   * @return whether there is a state other than the beginning
   */
  boolean keep(TrainingState state) throws IOException {
    if (samePosition(state, TrainingState.start())) {
      return false;
    }
    if (samePosition(state, kept)) {
      return true;
    }
    String name = name(state);
    Map<String, String> facts = new HashMap<>(state.facts());
    facts.put("epoch", String.valueOf(state.epoch()));
    facts.put(CHECKSUM, dataset.checksum());
    new Checkpoint(facts(facts), part.weights(), optimiser(), keptWeights(state))
        .write(artifacts.path(name), part.whole());
    artifacts.handOver(
        ArtifactKind.TRAINING_STATE,
        name,
        "application/octet-stream",
        Map.of("epoch", String.valueOf(state.epoch()), "batches", String.valueOf(state.batches())));
    kept = state;
    return true;
  }

  /** The optimiser's state, and the averaged weights if there are any. */
  private Map<String, float[]> optimiser() {
    return average.map(values -> values.with(network.optimiser())).orElseGet(network::optimiser);
  }

  private Map<String, float[]> keptWeights(TrainingState state) throws IOException {
    return state.bestEpoch() == 0
        ? Map.of()
        : Checkpoint.read(artifacts.path(TrainRunner.BEST)).weights();
  }

  private static String name(TrainingState state) {
    return "training-%d-%d.safetensors".formatted(state.epoch(), state.batches());
  }

  private static boolean samePosition(TrainingState one, TrainingState other) {
    return one.epoch() == other.epoch() && one.batches() == other.batches();
  }
}
