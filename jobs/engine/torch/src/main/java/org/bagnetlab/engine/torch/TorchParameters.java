package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bagnetlab.vision.architecture.Architecture;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's parameters and running statistics. Parameters are views of one flat tensor and their
 * gradients of another, so that an optimiser's step needs only a few operations.
 */
final class TorchParameters implements AutoCloseable {

  private final Architecture architecture;
  private final Transfer transfer;
  private final List<TensorSpan> spans = new ArrayList<>();
  private final Map<String, Tensor> fixed = new LinkedHashMap<>();
  private final Map<String, Tensor> learning = new LinkedHashMap<>();
  private final List<Pointer> owned = new ArrayList<>();
  private final Tensor values;
  private final Tensor gradients;

  TorchParameters(Architecture architecture, Transfer transfer) {
    this.architecture = architecture;
    this.transfer = transfer;
    long parameters = 0;
    long statistics = 0;
    for (org.bagnetlab.vision.architecture.Tensor tensor : architecture.tensors()) {
      TensorSpan span = TensorSpan.of(tensor, tensor.learnt() ? parameters : statistics);
      spans.add(span);
      if (tensor.learnt()) {
        parameters = span.end();
      } else {
        statistics = span.end();
      }
    }
    values = own(transfer.zeros(parameters));
    gradients = own(transfer.zeros(parameters));
    Tensor running = own(transfer.zeros(statistics));
    for (TensorSpan span : spans) {
      String name = span.tensor().name();
      Tensor view = own(span.in(span.tensor().learnt() ? values : running));
      fixed.put(name, view);
      if (span.tensor().learnt()) {
        Tensor leaf = own(view.detach());
        leaf.set_requires_grad(true);
        // Autograd adds to an existing gradient in place, so the gradient stays a view of the flat
        // tensor.
        leaf.mutable_grad().put(span.in(gradients));
        learning.put(name, leaf);
      }
    }
  }

  private <T extends Pointer> T own(T pointer) {
    pointer.retainReference();
    owned.add(pointer);
    return pointer;
  }

  /** A tensor by its name, without gradient. */
  Tensor fixed(String name) {
    return Objects.requireNonNull(fixed.get(name), name);
  }

  /** A parameter by its name, whose gradient is added to {@link #gradients()}. */
  Tensor learning(String name) {
    return Objects.requireNonNull(learning.get(name), name);
  }

  /** All parameters as one flat tensor, which may have zeros between individual tensors. */
  Tensor values() {
    return values;
  }

  /** The gradients of all parameters, in the order of {@link #values()}. */
  Tensor gradients() {
    return gradients;
  }

  /** The place of each parameter in a flat tensor such as {@link #values()}. */
  List<TensorSpan> learnt() {
    return spans.stream().filter(span -> span.tensor().learnt()).toList();
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#weights}. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    fixed.forEach((name, tensor) -> weights.put(name, Transfer.values(tensor)));
    return weights;
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#load}. */
  void load(Map<String, float[]> weights) {
    architecture.requireWeights(weights);
    for (TensorSpan span : spans) {
      String name = span.tensor().name();
      transfer.fill(fixed(name), Objects.requireNonNull(weights.get(name)), span.sizes());
    }
  }

  @Override
  public void close() {
    owned.forEach(Pointer::releaseReference);
    owned.clear();
  }
}
