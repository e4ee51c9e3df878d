package org.bagnetlab.engine.torch;

import org.bagnetlab.vision.network.Step;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A step whose numbers stay on the device until somebody asks for them; on a CPU, too, so that the
 * same code runs there.
 */
final class QueuedStep implements Step {

  private @Nullable Tensor numbers;
  private double loss;
  private int correct;

  /**
   * Keeps what a step computes.
   *
   * @param loss a scalar
   * @param hits a scalar
   */
  QueuedStep(Tensor loss, Tensor hits) {
    Tensor both =
        torch.stack(new TensorVector(loss.to(ScalarType.Double), hits.to(ScalarType.Double)), 0);
    both.retainReference();
    numbers = both;
  }

  @Override
  public boolean known() {
    return numbers == null;
  }

  @Override
  public double loss() {
    read();
    return loss;
  }

  @Override
  public int correct() {
    read();
    return correct;
  }

  private void read() {
    Tensor queued = numbers;
    if (queued != null) {
      double[] read = NativeScope.of(() -> Transfer.numbers(queued));
      loss = read[0];
      correct = (int) read[1];
      queued.releaseReference();
      numbers = null;
    }
  }
}
