package org.bagnetlab.vision.network.cpu;

import java.util.List;
import org.bagnetlab.vision.network.Batch;
import org.bagnetlab.vision.network.Step;

/** The operations of a network for batches of one shape, and the plan of their memory. */
final class Program implements AutoCloseable {

  private final Image image;
  private final List<Operation> operations;
  private final Classifier classifier;
  private final Scratch scratch;
  private final MemoryPlan plan;

  /** Plans the memory of operations that run in this order, and back if they train. */
  Program(
      Image image,
      List<Operation> operations,
      Classifier classifier,
      Scratch scratch,
      boolean training) {
    this.image = image;
    this.operations = List.copyOf(operations);
    this.classifier = classifier;
    this.scratch = scratch;
    Timeline now = new Timeline();
    for (Operation operation : operations) {
      operation.planForward(now);
      now.next();
    }
    if (training) {
      Gradients gradients = new Gradients();
      for (int i = operations.size() - 1; i >= 0; i--) {
        operations.get(i).planBackward(now, gradients);
        now.next();
      }
    }
    plan = new MemoryPlan(now.storages());
  }

  /** Where its values lie, and when. */
  MemoryPlan plan() {
    return plan;
  }

  /** Takes an arena of at least the plan's size. */
  void bind(Arena arena) {
    operations.forEach(operation -> operation.bind(arena));
  }

  /** The logits of a batch: [image, class], or [image, row, column, class]. */
  float[] logits(Batch batch) {
    image.show(batch);
    operations.forEach(Operation::forward);
    return classifier.logits();
  }

  /** Computes the gradients of all parameters. */
  Step train(Batch batch, int[] labels) {
    image.show(batch);
    operations.forEach(Operation::forward);
    Step step = classifier.judge(labels);
    for (int i = operations.size() - 1; i >= 0; i--) {
      operations.get(i).backward();
    }
    return step;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
