package org.bagnetlab.vision.training;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.evaluation.Evaluation;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Update;

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
  private final TrainingInput input;
  private final LoadedImages validation;
  private final Plan plan;
  private final TrainingObserver observer;
  private final LongSupplier nanoTime;

  /**
   * The plan of a training.
   *
   * @param epochs maximum number of epochs
   * @param lastEpoch epoch after which the training stops; the training may be resumed later
   * @param schedule schedule of the learning rate; it must be a new object, even for a resumed
   *     training
   * @param objective what is minimised
   * @param weightDecay as in {@link Update}
   * @param clipNorm as in {@link Update}
   * @param average average of the weights that is validated and kept in their place; empty for the
   *     weights themselves. For a resumed training it has its values.
   */
  public record Plan(
      int epochs,
      int lastEpoch,
      Schedule schedule,
      Objective objective,
      double weightDecay,
      double clipNorm,
      Optional<WeightAverage> average) {

    Update update(double rate) {
      return new Update(rate, weightDecay, clipNorm);
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
      TrainingInput input,
      LoadedImages validation,
      Plan plan,
      TrainingObserver observer) {
    this(network, input, validation, plan, observer, System::nanoTime);
  }

  Trainer(
      Network network,
      TrainingInput input,
      LoadedImages validation,
      Plan plan,
      TrainingObserver observer,
      LongSupplier nanoTime) {
    this.network = network;
    this.input = input;
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
    Schedule.Verdict verdict = replay(from);
    input.start(from.epoch(), from.batches());
    TrainingState state = from;
    while (verdict != Schedule.Verdict.STOP && state.epoch() <= plan.epochs()) {
      if (state.epoch() > plan.lastEpoch()) {
        return new Outcome.Stopped(state);
      }
      long start = nanoTime.getAsLong();
      TrainingState learnt = learn(state, start);
      if (learnt.batches() < input.batches()) {
        return new Outcome.Stopped(learnt);
      }
      Map<String, float[]> last = showAverage();
      Evaluation after;
      boolean improved;
      try {
        after = validate(learnt.epoch());
        improved = state.improvedBy(after.accuracy());
        observer.epochEnded(summary(learnt, after, improved, start));
      } catch (StoppedInValidation e) {
        return new Outcome.Stopped(timed(learnt, learnt.seconds(), start));
      } finally {
        if (!last.isEmpty()) {
          network.load(last);
        }
      }
      state = learnt.epochEnded(after.accuracy());
      verdict = plan.schedule().epochEnded(after.accuracy(), improved);
      if (verdict == Schedule.Verdict.RESET_OPTIMISER) {
        network.resetOptimiser();
      }
    }
    observer.trainingEnded();
    return new Outcome.Finished(state.bestEpoch());
  }

  /** Advances the schedule to the state from which to resume. */
  private Schedule.Verdict replay(TrainingState from) {
    Schedule.Verdict verdict = Schedule.Verdict.CONTINUE;
    TrainingState past = TrainingState.start();
    for (double accuracy : from.accuracies()) {
      // The optimiser is not reset here, since its loaded state already reflects earlier resets.
      verdict = plan.schedule().epochEnded(accuracy, past.improvedBy(accuracy));
      past = past.epochEnded(accuracy);
    }
    return verdict;
  }

  /**
   * Trains on the remaining batches of an epoch, or only on some of them if the observer requests a
   * stop.
   */
  private TrainingState learn(TrainingState from, long start) throws IOException {
    TrainingState state = from;
    List<PendingStep> pending = new ArrayList<>();
    long waited = nanoTime.getAsLong();
    while (state.batches() < input.batches()) {
      if (pending.isEmpty()) {
        if (observer.stopRequested()) {
          return timed(state, from.seconds(), start);
        }
        observer.betweenBatches(timed(state, from.seconds(), start));
      }
      int batch = state.batches() + pending.size();
      TrainingBatch next = input.next();
      Step step =
          network.train(
              next.images(),
              next.targets(),
              plan.objective(),
              plan.update(rate(state.epoch(), batch)));
      pending.add(new PendingStep(step, next.count()));
      average(steps(state.epoch(), batch) + 1, batch + 1 == input.batches());
      if (step.known()
          || batch + 1 == input.batches()
          || nanoTime.getAsLong() - waited >= LONGEST_QUEUE.toNanos()) {
        int seen = state.seen();
        for (PendingStep each : pending) {
          state = after(state, each);
        }
        pending.clear();
        observer.batchesEnded(state.epoch(), state.batches(), input.batches(), state.seen() - seen);
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

  /**
   * Loads the averaged weights, if there are any, into the network.
   *
   * @return the weights that they replace; empty if there is no average
   */
  private Map<String, float[]> showAverage() {
    Map<String, float[]> average = plan.average().map(WeightAverage::weights).orElseGet(Map::of);
    if (average.isEmpty()) {
      return Map.of();
    }
    Map<String, float[]> last = network.weights();
    network.load(average);
    return last;
  }

  private void average(int steps, boolean lastOfEpoch) {
    plan.average()
        .filter(average -> lastOfEpoch || average.isDue(steps))
        .ifPresent(average -> average.update(network.weights(), steps));
  }

  /** The number of steps before a batch. */
  private int steps(int epoch, int batch) {
    return (epoch - 1) * input.batches() + batch;
  }

  private double rate(int epoch, int batch) {
    return plan.schedule().rate(steps(epoch, batch));
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
        rate(learnt.epoch(), input.batches() - 1),
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
