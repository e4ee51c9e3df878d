package org.bagnetlab.engine.torch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bagnetlab.vision.network.Optimiser;
import org.bagnetlab.vision.network.Update;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The state of an optimiser and its steps over all parameters, computed with the same operations as
 * in PyTorch.
 */
final class TorchOptimiserState implements AutoCloseable {

  /**
   * Number of values in a piece on a CPU, chosen so that a piece stays in a cache between
   * operations.
   */
  private static final long CACHED = 1 << 18;

  private final Optimiser rule;
  private final TorchParameters parameters;
  private final Transfer transfer;
  private final Map<String, Tensor> moments = new LinkedHashMap<>();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Pointer> owned = new ArrayList<>();
  private final Optional<FusedAdam> adam;
  private int steps;

  /**
   * A part of all parameters.
   *
   * @param decaying the values at its beginning to which weight decay applies, and their gradients
   */
  private record Piece(
      Tensor values, Tensor gradients, List<Tensor> moments, Optional<Decaying> decaying) {}

  private record Decaying(Tensor values, Tensor gradients) {}

  TorchOptimiserState(Optimiser rule, TorchParameters parameters, Transfer transfer) {
    this.rule = rule;
    this.parameters = parameters;
    this.transfer = transfer;
    long length = parameters.values().numel();
    rule.moments().forEach(name -> moments.put(name, own(transfer.zeros(length))));
    adam =
        switch (rule) {
          case ADAM, ADAMW -> Optional.of(fused());
          case SGD, NESTEROV -> Optional.empty();
        };
    long size = transfer.device() == TorchDevice.CPU ? Math.min(CACHED, length) : length;
    for (long from = 0; from < length; from += size) {
      long start = from;
      long count = Math.min(size, length - from);
      pieces.add(
          new Piece(
              own(parameters.values().narrow(0, start, count)),
              own(parameters.gradients().narrow(0, start, count)),
              moments.values().stream().map(all -> own(all.narrow(0, start, count))).toList(),
              decaying(start, count)));
    }
  }

  private FusedAdam fused() {
    Iterator<Tensor> moment = moments.values().iterator();
    return new FusedAdam(
        parameters.values(), parameters.gradients(), moment.next(), moment.next(), transfer);
  }

  private Optional<Decaying> decaying(long from, long count) {
    long some = Math.min(count, parameters.decaying() - from);
    return some <= 0
        ? Optional.empty()
        : Optional.of(
            new Decaying(
                own(parameters.values().narrow(0, from, some)),
                own(parameters.gradients().narrow(0, from, some))));
  }

  private Tensor own(Tensor tensor) {
    tensor.retainReference();
    owned.add(tensor);
    return tensor;
  }

  /** Makes a descent step along the gradients. */
  void step(Update update) {
    steps++;
    if (update.clipNorm() > 0) {
      clip(update.clipNorm());
    }
    if (update.weightDecay() > 0) {
      decay(update);
    }
    switch (rule) {
      case ADAM, ADAMW -> adam.orElseThrow().step(steps, update.learningRate());
      case SGD, NESTEROV -> momentum(update.learningRate());
    }
  }

  /** Scales the gradients down to a norm on the device, without waiting for it. */
  private void clip(double largest) {
    Tensor norm = parameters.gradients().norm();
    Tensor scale = norm.add(new Scalar(Update.CLIP_EPSILON)).reciprocal().mul(new Scalar(largest));
    parameters.gradients().mul_(scale.clamp_max(new Scalar(1.0)));
  }

  /** Adds the decay to the gradients, or, for AdamW, applies it to the parameters themselves. */
  private void decay(Update update) {
    Scalar added = new Scalar(update.weightDecay());
    Scalar kept = new Scalar(1 - update.learningRate() * update.weightDecay());
    for (Piece piece : pieces) {
      piece.decaying.ifPresent(
          part -> {
            if (rule == Optimiser.ADAMW) {
              part.values.mul_(kept);
            } else {
              part.gradients.add_(part.values, added);
            }
          });
    }
  }

  private void momentum(double learningRate) {
    Scalar momentum = new Scalar(Optimiser.MOMENTUM);
    Scalar one = new Scalar(1.0);
    Scalar move = new Scalar(-learningRate);
    for (Piece piece : pieces) {
      Tensor velocity = piece.moments.get(0);
      velocity.mul_(momentum);
      velocity.add_(piece.gradients, one);
      if (rule == Optimiser.NESTEROV) {
        piece.gradients.add_(velocity, momentum);
      }
      piece.values.add_(rule == Optimiser.NESTEROV ? piece.gradients : velocity, move);
    }
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#optimiser}. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put(Optimiser.STEPS, new float[] {steps});
    moments.forEach(
        (moment, all) ->
            parameters
                .learnt()
                .forEach(span -> state.put(key(moment, span), Transfer.values(span.in(all)))));
    return state;
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#loadOptimiser}. */
  void load(Map<String, float[]> state) {
    int made = (int) Optimiser.saved(state, Optimiser.STEPS, 1)[0];
    moments
        .keySet()
        .forEach(
            moment ->
                parameters
                    .learnt()
                    .forEach(
                        span ->
                            Optimiser.saved(state, key(moment, span), span.tensor().elements())));
    moments.forEach(
        (moment, all) ->
            parameters
                .learnt()
                .forEach(
                    span ->
                        transfer.fill(
                            span.in(all),
                            Optimiser.saved(state, key(moment, span), span.tensor().elements()),
                            span.sizes())));
    steps = made;
  }

  private static String key(String moment, TensorSpan span) {
    return moment + "/" + span.tensor().name();
  }

  /** Resets the moments. */
  void reset() {
    moments.values().forEach(Tensor::zero_);
    steps = 0;
  }

  @Override
  public void close() {
    adam.ifPresent(FusedAdam::close);
    owned.forEach(Pointer::releaseReference);
    owned.clear();
  }
}
