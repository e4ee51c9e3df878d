package org.bagnetlab.worker.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.bagnetlab.experiment.train.OptimisationParameters;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.experiment.train.TrainablePart;
import org.bagnetlab.protocol.Phase;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.SplitArchitecture;
import org.bagnetlab.vision.architecture.Tensor;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.randomisation.Stage;
import org.bagnetlab.vision.training.PartlyTrainedNetwork;
import org.bagnetlab.vision.training.Trainer;
import org.bagnetlab.worker.run.Run;

/**
 * The part of a network that a training changes.
 *
 * @param network the network to train: the whole network or its last layers
 * @param whole architecture of the whole network
 * @param start the weights of the whole network at the start, of which the training keeps those
 *     that its network lacks; empty if it trains them all
 */
record TrainedPart(Network network, Architecture whole, Map<String, float[]> start)
    implements AutoCloseable {

  /** Features of a set of images may take one part in this many of the free memory. */
  private static final int SHARE_FOR_FEATURES = 3;

  /**
   * The part that a training changes.
   *
   * @param whole the whole network with the weights of the start; it stays open
   */
  static TrainedPart of(Run run, TrainSpec spec, Network whole) {
    Architecture architecture = whole.architecture();
    TrainablePart part = spec.get(OptimisationParameters.TRAINABLE);
    if (part == TrainablePart.ALL) {
      return new TrainedPart(whole, architecture, Map.of());
    }
    Map<String, float[]> start = whole.weights();
    SplitArchitecture split = SplitArchitecture.of(architecture, tensors(part, architecture));
    return new TrainedPart(
        PartlyTrainedNetwork.of(
            split,
            start,
            new TrainingPlan(spec).objective(),
            compiled -> run.compile(compiled, spec)),
        architecture,
        start);
  }

  /** The names of the tensors that are trained. */
  static Set<String> tensors(TrainablePart part, Architecture architecture) {
    List<Stage> stages = Stage.of(architecture);
    int trained =
        switch (part) {
          case ALL -> stages.size();
          case LAST_TWO_STAGES -> 3;
          case LAST_STAGE -> 2;
          case CLASSIFIER -> 1;
        };
    return stages.subList(Math.max(0, stages.size() - trained), stages.size()).stream()
        .flatMap(stage -> stage.tensors().stream())
        .collect(Collectors.toSet());
  }

  /**
   * Computes the features that the training will need again and again, if they fit into memory:
   * those of training images, unless these are changed at random, and those of validation images.
   */
  void keepFeatures(Run run, TrainSpec spec, LoadedImages train, LoadedImages validation) {
    if (!(network instanceof PartlyTrainedNetwork partly)) {
      return;
    }
    if (new TrainingPlan(spec).input(whole.classes()).augmentations().none()
        && fits("training", train, partly)) {
      partly.keepTraining(train, Trainer.EVALUATION_BATCH, progress(run, train));
    }
    if (fits("validation", validation, partly)) {
      partly.keepValidation(validation, Trainer.EVALUATION_BATCH, progress(run, validation));
    }
  }

  private static boolean fits(String what, LoadedImages images, PartlyTrainedNetwork partly) {
    Runtime memory = Runtime.getRuntime();
    long free = memory.maxMemory() - memory.totalMemory() + memory.freeMemory();
    long bytes = images.count() * partly.bytesPerImage();
    boolean fits = bytes <= free / SHARE_FOR_FEATURES;
    System.err.printf(
        Locale.ROOT,
        "The features of %d %s images take %.1f MB of memory%s.%n",
        images.count(),
        what,
        bytes / 1e6,
        fits ? " and are kept" : ", which is too much: they are computed anew in each epoch");
    return fits;
  }

  /** Reports progress, without which the server would take the worker for stalled. */
  private static IntPredicate progress(Run run, LoadedImages images) {
    int[] before = {0};
    return done -> {
      run.progress().advance(Phase.PREPARING, 0, 0, done, images.count(), done - before[0], 1);
      before[0] = done;
      return !run.cancellation().requested();
    };
  }

  /** The weights of the whole network. */
  Map<String, float[]> weights() {
    return completed(network.weights());
  }

  private Map<String, float[]> completed(Map<String, float[]> trained) {
    Map<String, float[]> all = new LinkedHashMap<>();
    for (Tensor tensor : whole.tensors()) {
      String name = tensor.name();
      all.put(
          name,
          Objects.requireNonNull(trained.containsKey(name) ? trained.get(name) : start.get(name)));
    }
    return all;
  }

  /** Replaces the weights of the part by those of a whole network. */
  void load(Map<String, float[]> weights) {
    Map<String, float[]> own = new LinkedHashMap<>();
    for (Tensor tensor : network.architecture().tensors()) {
      own.put(tensor.name(), Objects.requireNonNull(weights.get(tensor.name()), tensor.name()));
    }
    network.load(own);
  }

  /** Closes the part, unless it is the whole network, which its user closes. */
  @Override
  public void close() {
    if (network instanceof PartlyTrainedNetwork partly) {
      partly.close();
    }
  }
}
