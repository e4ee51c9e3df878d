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
import org.bagnetlab.vision.architecture.Position;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Objective;
import org.bagnetlab.vision.network.Step;
import org.bagnetlab.vision.network.Targets;
import org.jspecify.annotations.Nullable;

/** The operations of a network for batches of one shape, and their memory plan. */
public final class Program implements AutoCloseable {

  private final Image image;
  private final List<Operation> operations;
  private final @Nullable ClassifierHead classifier;
  private final Scratch scratch;
  private final Timeline timeline = new Timeline();
  private final MemoryPlan plan;

  /**
   * Plans the memory of operations that run in this order, and in reverse if gradients are needed.
   *
   * @param kept values that are needed after the last operation
   */
  Program(
      Image image,
      List<Operation> operations,
      @Nullable ClassifierHead classifier,
      Scratch scratch,
      List<Value> kept,
      Pass pass) {
    this.image = image;
    this.operations = List.copyOf(operations);
    this.classifier = classifier;
    this.scratch = scratch;
    for (Operation operation : operations) {
      operation.planForward(timeline);
      timeline.next();
    }
    kept.forEach(timeline::needs);
    if (pass.hasBackwardPass()) {
      Gradients gradients = new Gradients();
      for (int i = operations.size() - 1; i >= 0; i--) {
        operations.get(i).planBackward(timeline, gradients);
        timeline.next();
      }
    }
    plan = new MemoryPlan(timeline.storages());
  }

  /** The memory plan. */
  public MemoryPlan plan() {
    return plan;
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
    operations.forEach(Operation::forward);
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
    show(batch);
    forward();
    Step step = classifier().judge(targets, objective);
    for (int i = operations.size() - 1; i >= 0; i--) {
      operations.get(i).backward();
    }
    return step;
  }

  /** Implements {@link org.bagnetlab.vision.network.Network#inputGradient}. */
  public float[] inputGradient(Batch batch, int[] labels, Optional<Position> position) {
    classifier().choose(labels, position);
    show(batch);
    forward();
    image.clearGradient();
    for (int i = operations.size() - 1; i >= 0; i--) {
      operations.get(i).backward();
    }
    return image.gradient();
  }

  @Override
  public void close() {
    scratch.close();
  }
}
