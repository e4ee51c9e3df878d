package org.bagnetlab.vision.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Step;

/** Trains a network epoch by epoch and validates it after each. */
public final class Trainer {

  /** Images at a time where only the forward pass is needed. */
  public static final int EVALUATION_BATCH = 32;

  private final Network network;
  private final LoadedImages train;
  private final LoadedImages validation;
  private final Plan plan;
  private final TrainingObserver observer;

  /**
   * How to train.
   *
   * @param epochs at most
   * @param batchSize images a step; a last batch of fewer than two is left out, since batch norm
   *     needs two
   * @param seed decides the order of images
   * @param schedule decides the learning rate
   */
  public record Plan(int epochs, int batchSize, long seed, Schedule schedule) {

    /** Batches of an epoch over {@code images} images. */
    public static int batches(int images, int batchSize) {
      return images / batchSize + (images % batchSize > 1 ? 1 : 0);
    }
  }

  /** How a training ended. */
  public sealed interface Outcome {
    /** All epochs were trained, or the schedule ended it. */
    record Finished(int bestEpoch) implements Outcome {}

    /** The observer asked for a stop, {@code batches} into an epoch. */
    record Stopped(int epoch, int batches) implements Outcome {}
  }

  /** Prepares a training; nothing is computed yet. */
  public Trainer(
      Network network,
      LoadedImages train,
      LoadedImages validation,
      Plan plan,
      TrainingObserver observer) {
    this.network = network;
    this.train = train;
    this.validation = validation;
    this.plan = plan;
    this.observer = observer;
  }

  /** Trains until the end, or until the observer stops it. */
  public Outcome run() throws IOException {
    int batches = Plan.batches(train.count(), plan.batchSize());
    Random random = new Random(plan.seed());
    int[] order = new int[train.count()];
    Arrays.setAll(order, i -> i);
    double best = -1;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      long start = System.nanoTime();
      shuffle(order, random);
      double loss = 0;
      int correct = 0;
      int seen = 0;
      double rate = 0;
      for (int batch = 0; batch < batches; batch++) {
        if (observer.stopRequested()) {
          return new Outcome.Stopped(epoch, batch);
        }
        int from = batch * plan.batchSize();
        int[] indices =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + plan.batchSize()));
        rate = plan.schedule().rate((epoch - 1) * batches + batch);
        Step step = network.train(train.batch(indices), train.labels(indices), rate);
        if (!Double.isFinite(step.loss())) {
          throw new DivergedException(epoch, batch + 1, rate);
        }
        loss += step.loss() * indices.length;
        correct += step.correct();
        seen += indices.length;
        observer.batchEnded(epoch, batch + 1, batches, indices.length);
      }
      int current = epoch;
      Evaluation after =
          Evaluation.of(
              network,
              validation,
              EVALUATION_BATCH,
              done -> observer.validated(current, done, validation.count()));
      boolean improved = after.accuracy() >= best;
      if (improved) {
        best = after.accuracy();
        bestEpoch = epoch;
      }
      observer.epochEnded(
          new EpochSummary(
              epoch,
              rate,
              loss / seen,
              (double) correct / seen,
              after.loss(),
              after.accuracy(),
              improved,
              (System.nanoTime() - start) / 1e9));
      switch (plan.schedule().epochEnded(improved)) {
        case CONTINUE -> {}
        case RESET_OPTIMISER -> network.resetOptimiser();
        case STOP -> {
          observer.trainingEnded();
          return new Outcome.Finished(bestEpoch);
        }
      }
    }
    observer.trainingEnded();
    return new Outcome.Finished(bestEpoch);
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }
}
