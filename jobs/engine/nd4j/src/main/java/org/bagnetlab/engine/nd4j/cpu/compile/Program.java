package org.bagnetlab.engine.nd4j.cpu.compile;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Image;
import org.bagnetlab.engine.nd4j.cpu.memory.MemoryPlan;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.operation.ClassifierHead;
import org.bagnetlab.engine.nd4j.cpu.operation.Operation;
import org.bagnetlab.engine.nd4j.cpu.operation.Pass;
import org.bagnetlab.engine.nd4j.cpu.operation.WeightedOperation;
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.jspecify.annotations.Nullable;

/** The operations of a network for batches of one shape, and their memory plan. */
public final class Program implements AutoCloseable {

  /** Runs the passes of a program's operations, one after the other. */
  interface Runner {
    /** Runs the operations as they are. */
    Runner PLAIN = new Runner() {};

    /** Runs the forward pass of the operation with this index. */
    default void forward(int index, Operation operation) {
      operation.forward();
    }

    /** Computes the gradient of the weights of the operation with this index. */
    default void weightGradient(int index, WeightedOperation operation) {
      operation.weightGradient();
    }

    /** Runs the backward pass of the operation with this index. */
    default void backward(int index, Operation operation) {
      operation.backward();
    }
  }

  private final Image image;
  private final List<Operation> operations;
  private final @Nullable ClassifierHead classifier;
  private final Scratch scratch;
  private final Timeline timeline = new Timeline();
  private final MemoryPlan plan;
  private final List<Origin> origins;
  private final boolean trains;

  /** The times of the backward pass of each operation, and of the gradient of its weights. */
  private final int[] backwardTimes;

  private final int[] weightTimes;

  /**
   * What an operation computes.
   *
   * @param node the node, or the last of the nodes, whose output it computes
   * @param multiplyAdds multiplications of its products, for the whole batch
   * @param weightBytes size of its weights
   */
  record Origin(String node, long multiplyAdds, long weightBytes) {}

  /**
   * Plans the memory of operations that run in this order, and in reverse if gradients are needed.
   *
   * @param origins what each operation computes
   * @param kept values that are needed after the last operation
   */
  Program(
      Image image,
      List<Operation> operations,
      List<Origin> origins,
      @Nullable ClassifierHead classifier,
      Scratch scratch,
      List<Value> kept,
      Pass pass) {
    this.image = image;
    this.operations = List.copyOf(operations);
    this.origins = List.copyOf(origins);
    this.classifier = classifier;
    this.scratch = scratch;
    for (Operation operation : operations) {
      operation.planForward(timeline);
      timeline.next();
    }
    kept.forEach(timeline::needs);
    trains = pass == Pass.TRAINING;
    backwardTimes = new int[operations.size()];
    weightTimes = new int[operations.size()];
    if (pass.hasBackwardPass()) {
      planBackward();
    }
    plan = new MemoryPlan(timeline.storages());
  }

  private void planBackward() {
    Gradients gradients = new Gradients();
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (trains && operation instanceof WeightedOperation weighted) {
        weighted.planWeightGradient(timeline, gradients);
        weightTimes[i] = timeline.now();
        timeline.next();
      }
      operation.planBackward(timeline, gradients);
      backwardTimes[i] = timeline.now();
      timeline.next();
    }
  }

  /** The memory plan. */
  public MemoryPlan plan() {
    return plan;
  }

  List<Operation> operations() {
    return operations;
  }

  /** What the operation with this index computes. */
  Origin origin(int index) {
    return origins.get(index);
  }

  /** The bytes of the values that the forward pass of an operation needs. */
  long forwardBytes(int index) {
    return timeline.bytes(index);
  }

  /** The bytes of the values and gradients that the backward pass of an operation needs. */
  long backwardBytes(int index) {
    return timeline.bytes(backwardTimes[index]);
  }

  /** The bytes of the values and gradients that the gradient of an operation's weights needs. */
  long weightGradientBytes(int index) {
    return timeline.bytes(weightTimes[index]);
  }

  /** Binds the program to an arena that is at least as large as the plan. */
  public void bind(Arena arena) {
    timeline.bind(arena);
    operations.forEach(operation -> operation.bind(arena));
  }

  /**
   * Runs the forward pass on the images that were copied in last; a program that starts from other
   * values needs no images.
   */
  void forward() {
    forward(Runner.PLAIN);
  }

  private void forward(Runner runner) {
    for (int i = 0; i < operations.size(); i++) {
      runner.forward(i, operations.get(i));
    }
  }

  private void backward(Runner runner) {
    for (int i = operations.size() - 1; i >= 0; i--) {
      Operation operation = operations.get(i);
      if (trains && operation instanceof WeightedOperation weighted) {
        runner.weightGradient(i, weighted);
      }
      runner.backward(i, operation);
    }
  }

  void show(Batch batch) {
    image.show(batch);
  }

  /** The logits of the last forward pass: [image or position, class]. */
  float[] logits() {
    return classifier().logits();
  }

  private ClassifierHead classifier() {
    return Objects.requireNonNull(classifier, "this part of a network has no classifier");
  }

  /** The logits of a batch: [image, class], or [image, row, column, class]. */
  public float[] logits(Batch batch) {
    show(batch);
    forward();
    return logits();
  }

  /** Computes the gradients of all parameters. */
  public Step train(Batch batch, Targets targets, Objective objective) {
    return train(batch, targets, objective, Runner.PLAIN);
  }

  Step train(Batch batch, Targets targets, Objective objective, Runner runner) {
    show(batch);
    forward(runner);
    Step step = classifier().judge(targets, objective);
    backward(runner);
    return step;
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#inputGradient}. */
  public float[] inputGradient(Batch batch, int[] labels, Optional<Position> position) {
    classifier().choose(labels, position);
    show(batch);
    forward();
    image.clearGradient();
    backward(Runner.PLAIN);
    return image.gradient();
  }

  @Override
  public void close() {
    scratch.close();
  }
}
