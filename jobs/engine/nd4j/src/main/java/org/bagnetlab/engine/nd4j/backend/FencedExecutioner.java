package org.bagnetlab.engine.nd4j.backend;

import java.lang.ref.Reference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * ND4J's executioner for CPUs, changed so that operands stay reachable until the native call has
 * returned.
 *
 * <p>ND4J 1.0.0-M2.1 extracts the native pointers from an operation and then no longer refers to
 * the operation and its arrays. Once such a method is JIT-compiled, a garbage collection during the
 * native call finds them unreachable, and ND4J frees memory that the call is still reading. The JVM
 * then crashes, or a result is wrong.
 */
public final class FencedExecutioner extends NativeOpExecutioner {

  @Override
  public INDArray exec(Op operation, @Nullable OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(IndexAccumulation operation, @Nullable OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(ReduceOp operation, @Nullable OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(ScalarOp operation, @Nullable OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(BroadcastOp operation, @Nullable OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  @Override
  public INDArray exec(RandomOp operation, @Nullable OpContext context, Random random) {
    return fenced(() -> super.exec(operation, context, random), operation, context);
  }

  @Override
  public INDArray[] exec(CustomOp operation, OpContext context) {
    return fenced(() -> super.exec(operation, context), operation, context);
  }

  private static <T> T fenced(Supplier<T> call, Object operation, @Nullable Object context) {
    try {
      return call.get();
    } finally {
      Reference.reachabilityFence(operation);
      Reference.reachabilityFence(context);
    }
  }
}
