package org.bagnetlab.engine.nd4j.cpu.memory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The gradients of a program's values while its backward pass is planned. The first operation that
 * comes to a value's gradient sets it, the others add to it.
 */
public final class Gradients {

  private final Map<Value, Value> gradients = new HashMap<>();
  private final Set<Value> set = new HashSet<>();

  /** The gradient of a value that later operations have set. */
  public Value of(Value value) {
    return Objects.requireNonNull(gradients.get(value), () -> "no gradient for " + value.name());
  }

  /** Whether something has been computed for it already. */
  public boolean isSet(Value value) {
    return set.contains(value);
  }

  /** Where to put what an operation has for a value's gradient, or to add it. */
  public Value target(Value value) {
    set.add(value);
    return gradients.computeIfAbsent(
        value, v -> new Value("gradient of " + v.name(), v.images(), v.shape()));
  }

  /** Says that a value's gradient is another gradient from now on: its memory is taken over. */
  public Value handOver(Value value, Value gradient) {
    Value target = target(value);
    target.replaces(gradient);
    return target;
  }

  /** Says that a value's gradient is the first channels of another gradient. */
  public void handOverFirstChannels(Value value, Value gradient) {
    target(value).liesIn(gradient);
  }
}
