package org.bagnetlab.engine.nd4j.cpu.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.operation.ImageConvolution;
import org.bagnetlab.engine.nd4j.cpu.operation.Operation;
import org.bagnetlab.engine.nd4j.cpu.operation.WeightedOperation;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.StepProfile;
import org.bagnetlab.vision.network.StepProfile.Pass;
import org.bagnetlab.vision.network.StepProfile.PassKind;
import org.bagnetlab.vision.network.Targets;

/** Measures the passes of each operation of a program for training. */
public final class Profiler {

  /** Steps before the measured ones, in which Java compiles code. */
  private static final int WARM_UP = 2;

  private final Program program;
  private final Runnable update;
  private final int steps;
  private final double[][] forward;
  private final double[][] backward;
  private final double[][] weights;
  private final double[] updates;

  /**
   * Measures a program.
   *
   * @param update updates the weights
   * @param steps how many steps are measured
   */
  public Profiler(Program program, Runnable update, int steps) {
    this.program = program;
    this.update = update;
    this.steps = steps;
    forward = new double[program.operations().size()][steps];
    backward = new double[program.operations().size()][steps];
    weights = new double[program.operations().size()][steps];
    updates = new double[steps];
  }

  /**
   * Makes steps with a batch.
   *
   * @param type of the numbers in the products
   */
  public StepProfile profile(Batch batch, Targets targets, NumberType type, Crew crew) {
    for (int step = -WARM_UP; step < steps; step++) {
      int column = Math.max(0, step);
      var _ = program.train(batch, targets, Objective.GLOBAL, runner(column));
      updates[column] = seconds(update);
    }
    List<StepProfile.Operation> operations = new ArrayList<>();
    for (int i = 0; i < forward.length; i++) {
      operations.add(operation(i));
    }
    return new StepProfile(operations, median(updates), DeviceLimits.measure(crew, type));
  }

  private Program.Runner runner(int column) {
    return new Program.Runner() {
      @Override
      public void forward(int index, Operation operation) {
        forward[index][column] = seconds(operation::forward);
      }

      @Override
      public void weightGradient(int index, WeightedOperation operation) {
        weights[index][column] = seconds(operation::weightGradient);
      }

      @Override
      public void backward(int index, Operation operation) {
        backward[index][column] = seconds(operation::backward);
      }
    };
  }

  private StepProfile.Operation operation(int index) {
    Operation operation = program.operations().get(index);
    Program.Origin origin = program.origin(index);
    long flops = 2 * origin.multiplyAdds();
    SortedMap<PassKind, Pass> passes = new TreeMap<>();
    passes.put(
        PassKind.FORWARD,
        new Pass(
            median(forward[index]), flops, program.forwardBytes(index) + origin.weightBytes()));
    boolean apart = operation instanceof WeightedOperation;
    if (apart) {
      passes.put(
          PassKind.WEIGHTS,
          new Pass(
              median(weights[index]),
              flops,
              program.weightGradientBytes(index) + origin.weightBytes()));
    }
    // A training does not need the gradient of its images.
    if (!(operation instanceof ImageConvolution)) {
      long products = apart ? 1 : 2;
      passes.put(
          PassKind.BACKWARD,
          new Pass(
              median(backward[index]),
              products * flops,
              program.backwardBytes(index) + products * origin.weightBytes()));
    }
    return new StepProfile.Operation(origin.node(), operation.getClass().getSimpleName(), passes);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
