package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.network.Optimiser;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * PyTorch's fused Adam step: one pass over the parameters, their gradients and moments, and on a
 * GPU one kernel. The presets do not export it as a function, but the dispatcher knows it by its
 * name.
 */
final class FusedAdam implements AutoCloseable {

  /** Lists of tensors cannot be built in Java; this operation returns them. */
  private static final OperatorHandle UNBIND = operator("unbind", "int");

  private static final OperatorHandle STEP = operator("_fused_adam_", "");

  private final Tensor steps;
  private final List<IValue> tensors = new ArrayList<>();
  private final List<Pointer> owned = new ArrayList<>();

  /** Takes flat tensors of the same size. */
  FusedAdam(Tensor values, Tensor gradients, Tensor mean, Tensor square, Transfer transfer) {
    // Single precision, as the kernel expects.
    steps = own(new Transfer(transfer.device(), ScalarType.Float).zeros(1));
    for (Tensor flat : List.of(values, gradients, mean, square)) {
      tensors.add(own(listOf(flat)));
    }
    // The largest squares, which only AMSGrad has: none.
    tensors.add(own(list(steps.narrow(0, 0, 0).view(0, 1))));
    tensors.add(own(listOf(steps)));
  }

  /** Outlives the scope of the computation that needs it first. */
  private static OperatorHandle operator(String name, String overload) {
    return Dispatcher.singleton().findSchemaOrThrow("aten::" + name, overload).retainReference();
  }

  private <T extends Pointer> T own(T pointer) {
    pointer.retainReference();
    owned.add(pointer);
    return pointer;
  }

  private static IValue listOf(Tensor flat) {
    return list(flat.view(1, -1));
  }

  /** The rows of a matrix, which share its memory. */
  private static IValue list(Tensor matrix) {
    IValueVector stack = new IValueVector();
    stack.push_back(new IValue(matrix));
    stack.push_back(new IValue(0L));
    UNBIND.callBoxed(stack);
    return new IValue(stack.get(0));
  }

  /**
   * Makes a step without weight decay.
   *
   * @param step the number of the step, from 1
   */
  void step(int step, double learningRate) {
    steps.fill_(new Scalar((double) step));
    IValueVector stack = new IValueVector();
    tensors.forEach(stack::push_back);
    for (double number :
        new double[] {learningRate, Optimiser.BETA1, Optimiser.BETA2, 0, Optimiser.EPSILON}) {
      stack.push_back(new IValue(number));
    }
    boolean amsgrad = false;
    boolean maximise = false;
    stack.push_back(new IValue(amsgrad));
    stack.push_back(new IValue(maximise));
    // A scale of the gradients, and whether one is infinite: neither.
    stack.push_back(new IValue());
    stack.push_back(new IValue());
    STEP.callBoxed(stack);
  }

  @Override
  public void close() {
    owned.forEach(Pointer::releaseReference);
    owned.clear();
  }
}
