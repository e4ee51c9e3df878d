package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
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
  private final long decaying;
  private final Tensor values;
  private final Tensor gradients;

  TorchParameters(Architecture architecture, Transfer transfer) {
    this.architecture = architecture;
    this.transfer = transfer;
    Map<String, TensorSpan> placed = new HashMap<>();
    decaying = place(tensor -> tensor.decays(), 0, placed);
    long parameters = place(tensor -> tensor.learnt() && !tensor.decays(), decaying, placed);
    long statistics = place(tensor -> !tensor.learnt(), 0, placed);
    for (org.bagnetlab.vision.architecture.Tensor tensor : architecture.tensors()) {
      spans.add(Objects.requireNonNull(placed.get(tensor.name())));
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

  /** Places some tensors one after another, and returns the end of the last one. */
  private long place(
      Predicate<org.bagnetlab.vision.architecture.Tensor> some,
      long from,
      Map<String, TensorSpan> placed) {
    long end = from;
    for (org.bagnetlab.vision.architecture.Tensor tensor : architecture.tensors()) {
      if (some.test(tensor)) {
        TensorSpan span = TensorSpan.of(tensor, end);
        placed.put(tensor.name(), span);
        end = span.end();
      }
    }
    return end;
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

  /**
   * All parameters as one flat tensor, which may have zeros between individual tensors. Those to
   * which weight decay applies come first.
   */
  Tensor values() {
    return values;
  }

  /** The number of values, from the first, to which weight decay applies. */
  long decaying() {
    return decaying;
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
