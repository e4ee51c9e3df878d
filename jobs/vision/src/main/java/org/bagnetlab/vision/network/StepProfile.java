package org.bagnetlab.vision.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * How long the operations of a training step take, how much work they do, and how fast the device
 * can be.
 *
 * @param operations in the order of the forward pass
 * @param updateSeconds the update of the weights, by the optimiser
 * @param limits measured in the same process
 */
public record StepProfile(List<Operation> operations, double updateSeconds, Limits limits) {

  /** The time of all operations and of the update. */
  public double seconds() {
    return updateSeconds
        + operations.stream()
            .flatMap(each -> each.passes().values().stream())
            .mapToDouble(Pass::seconds)
            .sum();
  }

  /**
   * An operation of the engine. It may do the work of several nodes, such as a batch norm, a sum
   * and a ReLU; it has the name of the last one.
   *
   * @param node name of the node whose output it computes
   * @param kind the engine's name for what it does
   * @param passes its passes, in the order in which they are computed
   */
  public record Operation(String node, String kind, SortedMap<PassKind, Pass> passes) {}

  /** What a pass computes, in the order of the passes. */
  public enum PassKind {
    /** The operation's outputs. */
    @JsonProperty("forward")
    FORWARD,
    /** The gradient of its weights, if it is computed apart from that of its inputs. */
    @JsonProperty("weights")
    WEIGHTS,
    /** The gradients of its inputs, and of its weights if they are not apart. */
    @JsonProperty("backward")
    BACKWARD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A pass of an operation.
   *
   * @param seconds median over the measured steps
   * @param flops floating-point operations of its products: two for each multiplication
   * @param bytes what it has to read and write at least: values, gradients and weights
   */
  public record Pass(double seconds, long flops, long bytes) {

    /** The least time for this work with a device's limits, as a part of the time that it took. */
    public double efficiency(Limits limits) {
      return limits.seconds(flops, bytes) / seconds;
    }
  }

  /**
   * The speed of large products of matrices, and of copies in the main memory, with all threads.
   *
   * @param flops floating-point operations a second
   * @param bytes bytes a second, read and written
   */
  public record Limits(double flops, double bytes) {

    /** The least time for some work, if products and memory accesses overlap perfectly. */
    public double seconds(long flopsOfWork, long bytesOfWork) {
      return Math.max(flopsOfWork / flops, bytesOfWork / bytes);
    }
  }
}
