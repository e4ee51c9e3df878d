package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tracks the gradients of a program's values while its backward pass is planned. The first
 * operation that contributes to a value's gradient sets it, and later operations add to it.
 */
public final class Gradients {

  private final Map<Value, Value> gradients = new HashMap<>();
  private final Set<Value> set = new HashSet<>();

  /** The gradient of a value. Operations that are later in the program have already set it. */
  public Value of(Value value) {
    return Objects.requireNonNull(gradients.get(value), () -> "no gradient for " + value.name());
  }

  /** Whether an operation has already contributed to a value's gradient. */
  public boolean isSet(Value value) {
    return set.contains(value);
  }

  /** The gradient that an operation must set or add to. */
  public Value target(Value value) {
    set.add(value);
    return gradients.computeIfAbsent(
        value, v -> new Value("gradient of " + v.name(), v.images(), v.shape(), v.type()));
  }

  /**
   * Makes another gradient the gradient of a value, without copying; the value's gradient takes
   * over its memory.
   */
  public Value handOver(Value value, Value gradient) {
    Value target = target(value);
    target.replaces(gradient);
    return target;
  }

  /** Makes the first channels of another gradient the gradient of a value. */
  public void handOverFirstChannels(Value value, Value gradient) {
    target(value).liesIn(gradient);
  }
}
