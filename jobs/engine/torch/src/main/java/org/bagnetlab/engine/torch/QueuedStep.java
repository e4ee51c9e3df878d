package org.bagnetlab.engine.torch;

import java.util.Optional;
import org.bagnetlab.vision.network.Step;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A step whose metrics stay on the device until they are requested. It is also used on a CPU, so
 * that the same code runs on both devices.
 */
final class QueuedStep implements Step {

  private @Nullable Tensor numbers;
  private double loss;
  private int correct;
  private double meanEvidence;

  /**
   * Keeps the metrics of a step.
   *
   * @param loss a scalar
   * @param hits a scalar
   * @param evidence the mean absolute value of the logit map, a scalar; empty if it is not computed
   */
  QueuedStep(Tensor loss, Tensor hits, Optional<Tensor> evidence) {
    TensorVector scalars = new TensorVector(loss.to(ScalarType.Double), hits.to(ScalarType.Double));
    evidence.ifPresent(mean -> scalars.push_back(mean.to(ScalarType.Double)));
    Tensor all = torch.stack(scalars, 0);
    all.retainReference();
    numbers = all;
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

  @Override
  public double meanEvidence() {
    read();
    return meanEvidence;
  }

  private void read() {
    Tensor queued = numbers;
    if (queued != null) {
      double[] read = NativeScope.of(() -> Transfer.numbers(queued));
      loss = read[0];
      correct = (int) read[1];
      meanEvidence = read.length > 2 ? read[2] : 0;
      queued.releaseReference();
      numbers = null;
    }
  }
}
