package org.bagnetlab.vision.training;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Step;

/** Trains a network epoch by epoch, and validates it after each epoch. */
public final class Trainer {

  /** Number of images per batch if only the forward pass is needed. */
  public static final int EVALUATION_BATCH = 32;

  /**
   * How long steps are queued on a device without waiting for their results. Waiting leaves the
   * device idle until the next step, but while steps are queued, the training can report and save
   * nothing and cannot be stopped.
   */
  private static final Duration LONGEST_QUEUE = Duration.ofMillis(200);

  private final Network network;
  private final LoadedImages train;
  private final LoadedImages validation;
  private final Plan plan;
  private final TrainingObserver observer;
  private final LongSupplier nanoTime;

  /**
   * The plan of a training.
   *
   * @param epochs maximum number of epochs
   * @param batchSize images per step; a last batch with a single image is skipped, since batch
   *     normalisation needs at least two
   * @param seed seed of the order of images
   * @param schedule schedule of the learning rate; it must be a new object, even for a resumed
   *     training
   * @param lastEpoch epoch after which the training stops; the training may be resumed later
   * @param sparsity weight of the logit map's mean absolute value in the objective, at least 0
   */
  public record Plan(
      int epochs, int batchSize, long seed, Schedule schedule, int lastEpoch, double sparsity) {

    /** The number of batches of an epoch with {@code images} images. */
    public static int batches(int images, int batchSize) {
      return images / batchSize + (images % batchSize > 1 ? 1 : 0);
    }
  }

  /** The outcome of a training. */
  public sealed interface Outcome {
    /** All epochs were trained, or the schedule ended the training. */
    record Finished(int bestEpoch) implements Outcome {}

    /** The observer or the plan requested a stop; resume from {@code state}. */
    record Stopped(TrainingState state) implements Outcome {}
  }

  /** A step whose metrics have not been read yet, with its number of images. */
  private record PendingStep(Step step, int images) {}

  /** Aborts the validation, which is repeated when the training is resumed. */
  private static final class StoppedInValidation extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;
  }

  /** Prepares a training without computing anything yet. */
  public Trainer(
      Network network,
      LoadedImages train,
      LoadedImages validation,
      Plan plan,
      TrainingObserver observer) {
    this(network, train, validation, plan, observer, System::nanoTime);
  }

  Trainer(
      Network network,
      LoadedImages train,
      LoadedImages validation,
      Plan plan,
      TrainingObserver observer,
      LongSupplier nanoTime) {
    this.network = network;
    this.train = train;
    this.validation = validation;
    this.plan = plan;
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /**
   * Trains until the training is finished, or until the observer or the plan stops it.
   *
   * @param from the state to resume from; the network must have the corresponding weights and
   *     optimiser state
   */
  public Outcome run(TrainingState from) throws IOException {
    Order order = new Order(train.count(), plan.seed());
    Schedule.Verdict verdict = replay(from, order);
    TrainingState state = from;
    while (verdict != Schedule.Verdict.STOP && state.epoch() <= plan.epochs()) {
      if (state.epoch() > plan.lastEpoch()) {
        return new Outcome.Stopped(state);
      }
      if (state.epoch() > order.epoch()) {
        order.next();
      }
      long start = nanoTime.getAsLong();
      TrainingState learnt = learn(state, order, start);
      if (learnt.batches() < batches()) {
        return new Outcome.Stopped(learnt);
      }
      Evaluation after;
      try {
        after = validate(learnt.epoch());
      } catch (StoppedInValidation e) {
        return new Outcome.Stopped(timed(learnt, learnt.seconds(), start));
      }
      boolean improved = state.improvedBy(after.accuracy());
      observer.epochEnded(summary(learnt, after, improved, start));
      state = learnt.epochEnded(after.accuracy());
      verdict = plan.schedule().epochEnded(improved);
      if (verdict == Schedule.Verdict.RESET_OPTIMISER) {
        network.resetOptimiser();
      }
    }
    observer.trainingEnded();
    return new Outcome.Finished(state.bestEpoch());
  }

  /** Advances the order of images and the schedule to the state from which to resume. */
  private Schedule.Verdict replay(TrainingState from, Order order) {
    Schedule.Verdict verdict = Schedule.Verdict.CONTINUE;
    TrainingState past = TrainingState.start();
    for (double accuracy : from.accuracies()) {
      order.next();
      // The optimiser is not reset here, since its loaded state already reflects earlier resets.
      verdict = plan.schedule().epochEnded(past.improvedBy(accuracy));
      past = past.epochEnded(accuracy);
    }
    return verdict;
  }

  private int batches() {
    return Plan.batches(train.count(), plan.batchSize());
  }

  /**
   * Trains on the remaining batches of an epoch, or only on some of them if the observer requests a
   * stop.
   */
  private TrainingState learn(TrainingState from, Order order, long start) throws IOException {
    TrainingState state = from;
    List<PendingStep> pending = new ArrayList<>();
    long waited = nanoTime.getAsLong();
    while (state.batches() < batches()) {
      if (pending.isEmpty()) {
        if (observer.stopRequested()) {
          return timed(state, from.seconds(), start);
        }
        observer.betweenBatches(timed(state, from.seconds(), start));
      }
      int batch = state.batches() + pending.size();
      int[] indices = order.batch(batch, plan.batchSize());
      Step step =
          network.train(
              train.batch(indices),
              train.labels(indices),
              rate(state.epoch(), batch),
              plan.sparsity());
      pending.add(new PendingStep(step, indices.length));
      if (step.known()
          || batch + 1 == batches()
          || nanoTime.getAsLong() - waited >= LONGEST_QUEUE.toNanos()) {
        int seen = state.seen();
        for (PendingStep each : pending) {
          state = after(state, each);
        }
        pending.clear();
        observer.batchesEnded(state.epoch(), state.batches(), batches(), state.seen() - seen);
        waited = nanoTime.getAsLong();
      }
    }
    return state;
  }

  private TrainingState after(TrainingState state, PendingStep pending) {
    double loss = pending.step.loss();
    if (!Double.isFinite(loss)) {
      int batch = state.batches();
      throw new DivergedException(state.epoch(), batch + 1, rate(state.epoch(), batch));
    }
    return new TrainingState(
        state.epoch(),
        state.batches() + 1,
        state.loss() + loss * pending.images,
        state.evidence() + pending.step.meanEvidence() * pending.images,
        state.correct() + pending.step.correct(),
        state.seen() + pending.images,
        state.seconds(),
        state.accuracies());
  }

  private TrainingState timed(TrainingState state, double before, long start) {
    return new TrainingState(
        state.epoch(),
        state.batches(),
        state.loss(),
        state.evidence(),
        state.correct(),
        state.seen(),
        before + (nanoTime.getAsLong() - start) / 1e9,
        state.accuracies());
  }

  private double rate(int epoch, int batch) {
    return plan.schedule().rate((epoch - 1) * batches() + batch);
  }

  private Evaluation validate(int epoch) {
    return Evaluation.of(
        network,
        validation,
        EVALUATION_BATCH,
        done -> {
          if (observer.stopRequested()) {
            throw new StoppedInValidation();
          }
          observer.validated(epoch, done, validation.count());
        });
  }

  private EpochSummary summary(
      TrainingState learnt, Evaluation after, boolean improved, long start) {
    return new EpochSummary(
        learnt.epoch(),
        rate(learnt.epoch(), batches() - 1),
        learnt.loss() / learnt.seen(),
        (double) learnt.correct() / learnt.seen(),
        learnt.evidence() / learnt.seen(),
        learnt.seen(),
        after.loss(),
        after.accuracy(),
        improved,
        learnt.seconds() + (nanoTime.getAsLong() - start) / 1e9);
  }
}
