package org.bagnetlab.vision.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.dataset.LoadedImages;
import org.bagnetlab.vision.dataset.Numbers;
import org.bagnetlab.vision.dataset.SceneImage;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.LogitMap;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A GPU computes steps later than they are given to it; this stands for one. */
@Timeout(20)
class TrainerTests {

  private static final int EPOCHS = 3;

  /** The n-th step's loss is 1 / n and its hits are n modulo 3, as soon as somebody asks. */
  private static final class Device implements Network {
    private final boolean queues;
    private final int diverging;
    private int given;
    private int read;

    Device(boolean queues, int diverging) {
      this.queues = queues;
      this.diverging = diverging;
    }

    @Override
    public Step train(Batch images, int[] labels, double learningRate) {
      int number = ++given;
      double loss = number == diverging ? Double.NaN : 1.0 / number;
      if (!queues) {
        read = number;
        return new Step.Computed(loss, number % 3);
      }
      return new Step() {
        @Override
        public boolean computed() {
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
      };
    }

    @Override
    public float[][] logits(Batch images) {
      assertThat(read).as("steps seen before the validation").isEqualTo(given);
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
    public float[] inputGradient(Batch images, int[] labels) {
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
      throw new UnsupportedOperationException();
    }

    @Override
    public void load(Map<String, float[]> weights) {
      throw new UnsupportedOperationException();
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

  /** What an observer hears, but for times. */
  private static final class Heard implements TrainingObserver {
    private final Device device;
    private final List<String> events = new ArrayList<>();
    private int saved;

    Heard(Device device) {
      this.device = device;
    }

    @Override
    public void betweenBatches(TrainingState state) {
      // The network's weights are those after all steps that it was given.
      assertThat(device.read).isEqualTo(device.given);
      assertThat((state.epoch() - 1) * 2 + state.batches()).isEqualTo(device.given);
      saved++;
    }

    @Override
    public void batchEnded(int epoch, int done, int total, int images) {
      events.add("%d: %d of %d, %d images".formatted(epoch, done, total, images));
    }

    @Override
    public void validated(int epoch, int done, int total) {
      events.add("%d: %d validated".formatted(epoch, done));
    }

    @Override
    public void epochEnded(EpochSummary summary) {
      events.add(
          "%s %s %s %s"
              .formatted(
                  summary.trainLoss(),
                  summary.trainAccuracy(),
                  summary.validationLoss(),
                  summary.best()));
    }

    @Override
    public void trainingEnded() {
      events.add("ended");
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }

  private static Heard train(Device device) throws IOException {
    Heard heard = new Heard(device);
    Numbers numbers = new Numbers();
    List<SceneImage> images = numbers.images();
    List<LoadedImages> parts =
        LoadedImages.of(numbers, List.of(images.subList(0, 5), images.subList(5, 6)), 2);
    Trainer.Plan plan =
        new Trainer.Plan(EPOCHS, 3, 1, new PlateauSchedule(0.1, EPOCHS * 2), EPOCHS);
    new Trainer(device, parts.get(0), parts.get(1), plan, heard).run(TrainingState.start());
    return heard;
  }

  @Test
  void queuedStepsAreHeardOfAsComputedOnesAre() throws IOException {
    Heard computed = train(new Device(false, 0));
    Heard queued = train(new Device(true, 0));

    assertThat(queued.events).isEqualTo(computed.events).contains("2: 1 of 2, 3 images", "ended");
    assertThat(computed.saved).isEqualTo(2 * EPOCHS);
    // The device has been given the second batch of an epoch before the first one's numbers are
    // read.
    assertThat(queued.saved).isLessThan(computed.saved);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDivergedStepIsNamedByItsBatch(boolean queues) {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> train(new Device(queues, 3)))
        .withMessageContaining("epoch 2, batch 1");
  }
}
