package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.augmentation.Augmentations;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Numbers;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.bagnetlab.vision.network.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU computes steps later than they are given to it; this stands for one. */
@Timeout(20)
class TrainerTests {

  private static final int EPOCHS = 3;
  private static final int BATCHES = 5;

  /**
   * The n-th step's loss is 1 / n, its evidence n and its hits are n modulo 3, as soon as somebody
   * asks.
   */
  private static final class Device implements Network {
    private final boolean queues;
    private final int diverging;
    private int given;
    private int read;

    /** Its only weight: the number of steps, unless another one is loaded. */
    private float weight;

    private final List<Float> validated = new ArrayList<>();

    /** A step takes 90 ms. */
    long nanoTime() {
      return given * 90_000_000L;
    }

    Device(boolean queues, int diverging) {
      this.queues = queues;
      this.diverging = diverging;
    }

    @Override
    public Step train(Batch images, Targets targets, Objective objective, Update update) {
      assertThat(weight).as("weight at the start of a step").isEqualTo(given);
      int number = ++given;
      weight = number;
      double loss = number == diverging ? Double.NaN : 1.0 / number;
      if (!queues) {
        read = number;
        return new Step.Computed(loss, number % 3, number);
      }
      return new Step() {
        @Override
        public boolean known() {
          return read >= number;
        }

        @Override
        public double loss() {
          read = number;
          return loss;
        }

        @Override
        public int correct() {
          read = number;
          return number % 3;
        }

        @Override
        public double meanEvidence() {
          read = number;
          return number;
        }
      };
    }

    @Override
    public float[][] logits(Batch images) {
      assertThat(read).as("steps seen before the validation").isEqualTo(given);
      validated.add(weight);
      float[][] logits = new float[images.images()][2];
      logits[0][given % 2] = 1;
      return logits;
    }

    @Override
    public Architecture architecture() {
      throw new UnsupportedOperationException();
    }

    @Override
    public LogitMap logitMap(Batch images) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[] inputGradient(Batch images, int[] labels, Optional<Position> position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public float[][] patchLogits(Batch image, int[] labels, int stride, IntConsumer progress) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resetOptimiser() {}

    @Override
    public Map<String, float[]> weights() {
      return Map.of("weight", new float[] {weight});
    }

    @Override
    public void load(Map<String, float[]> weights) {
      weight = Objects.requireNonNull(weights.get("weight"))[0];
    }

    @Override
    public Map<String, float[]> optimiser() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void loadOptimiser(Map<String, float[]> state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  /** What an observer hears, but for times; it may stop the training after some steps. */
  private static final class Heard implements TrainingObserver {
    private final Device device;
    private final int stop;
    private final List<String> epochs = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();
    private int saved;

    Heard(Device device, int stop) {
      this.device = device;
      this.stop = stop;
    }

    @Override
    public void betweenBatches(TrainingState state) {
      // The network's weights are those after all steps that it was given.
      assertThat(device.read).isEqualTo(device.given);
      assertThat((state.epoch() - 1) * BATCHES + state.batches()).isEqualTo(device.given);
      saved++;
    }

    @Override
    public void batchesEnded(int epoch, int done, int total, int images) {
      batches.add("%d: %d of %d, %d images".formatted(epoch, done, total, images));
    }

    @Override
    public void validated(int epoch, int done, int total) {}

    @Override
    public void epochEnded(EpochSummary summary) {
      epochs.add(
          "%d %s %s evidence %s, %s %s"
              .formatted(
                  summary.epoch(),
                  summary.trainLoss(),
                  summary.trainAccuracy(),
                  summary.meanEvidence(),
                  summary.validationLoss(),
                  summary.best()));
    }

    @Override
    public void trainingEnded() {
      epochs.add("ended");
    }

    @Override
    public boolean stopRequested() {
      return device.given >= stop;
    }
  }

  private static Trainer.Outcome train(Device device, Heard heard, TrainingState from)
      throws IOException {
    return train(device, heard, from, Optional.empty());
  }

  private static Trainer.Outcome train(
      Device device, Heard heard, TrainingState from, Optional<WeightAverage> average)
      throws IOException {
    Numbers numbers = new Numbers();
    List<SceneImage> images = numbers.images();
    List<LoadedImages> parts =
        LoadedImages.of(numbers, List.of(images.subList(0, BATCHES), images.subList(5, 6)), 2);
    Trainer.Plan plan =
        new Trainer.Plan(EPOCHS, EPOCHS, RateCurve.constant(0.1), Objective.GLOBAL, 0, 0, average);
    TrainingInput.Plan order = new TrainingInput.Plan(1, 1, Augmentations.of(Map.of(), 1), 0, 2);
    try (TrainingInput input = new TrainingInput(parts.get(0), order, 1)) {
      return new Trainer(device, input, parts.get(1), plan, heard, device::nanoTime).run(from);
    }
  }

  private static Heard train(Device device) throws IOException {
    Heard heard = new Heard(device, Integer.MAX_VALUE);
    assertThat(train(device, heard, TrainingState.start()))
        .isInstanceOf(Trainer.Outcome.Finished.class);
    return heard;
  }

  @Test
  void queuedStepsGiveTheSameEpochs() throws IOException {
    Heard known = train(new Device(false, 0));
    Heard queued = train(new Device(true, 0));

    assertThat(queued.epochs).isEqualTo(known.epochs).hasSize(EPOCHS + 1);
    assertThat(known.saved).isEqualTo(BATCHES * EPOCHS);
    // The means of 1 to 5, 6 to 10 and 11 to 15.
    assertThat(known.epochs.get(0)).contains("evidence 3.0,");
    assertThat(known.epochs.get(1)).contains("evidence 8.0,");
    assertThat(known.epochs.get(2)).contains("evidence 13.0,");
  }

  /** Three steps take longer than a device is given steps without waiting for them. */
  @Test
  void queuedStepsAreReportedTogether() throws IOException {
    Heard queued = train(new Device(true, 0));

    assertThat(queued.batches)
        .startsWith("1: 3 of 5, 3 images", "1: 5 of 5, 2 images", "2: 3 of 5, 3 images");
    assertThat(queued.saved).isEqualTo(2 * EPOCHS);
  }

  @Test
  void aStopWaitsForQueuedStepsAndTheRestFollowsFromItsState() throws IOException {
    Device device = new Device(true, 0);
    Heard first = new Heard(device, BATCHES + 1);
    Trainer.Outcome outcome = train(device, first, TrainingState.start());
    assertThat(outcome).isInstanceOf(Trainer.Outcome.Stopped.class);
    TrainingState state = ((Trainer.Outcome.Stopped) outcome).state();
    assertThat(state.epoch()).isEqualTo(2);
    assertThat(state.batches()).isEqualTo(3);

    Heard second = new Heard(device, Integer.MAX_VALUE);
    train(device, second, state);

    List<String> both = new ArrayList<>(first.epochs);
    both.addAll(second.epochs);
    assertThat(both).isEqualTo(train(new Device(false, 0)).epochs);
  }

  /**
   * Epochs end after 5, 10 and 15 steps, and the average is updated after 8 as well. Each step
   * checks that it starts from the last weight.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAverageIsValidatedInPlaceOfTheLastWeights(boolean queues) throws IOException {
    Device device = new Device(queues, 0);
    Heard heard = new Heard(device, Integer.MAX_VALUE);
    train(device, heard, TrainingState.start(), Optional.of(new WeightAverage(0.5)));

    double first = 5;
    double afterEight = first + (1 - Math.pow(0.5, 3)) * (8 - first);
    double second = afterEight + (1 - Math.pow(0.5, 2)) * (10 - afterEight);
    double third = second + (1 - Math.pow(0.5, 5)) * (15 - second);
    assertThat(device.validated).hasSize(EPOCHS);
    assertThat(device.validated.get(0)).isCloseTo((float) first, within(1e-4f));
    assertThat(device.validated.get(1)).isCloseTo((float) second, within(1e-4f));
    assertThat(device.validated.get(2)).isCloseTo((float) third, within(1e-4f));
    assertThat(device.weight).isEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDivergedStepIsNamedByItsBatch(boolean queues) {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> train(new Device(queues, BATCHES + 2)))
        .withMessageContaining("epoch 2, batch 2");
  }
}
