package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bagnetlab.engine.nd4j.cpu.onednn.Products.Factor;

/**
 * A product of bfloat16 matrices, compiled for fixed sizes, for one thread. Its sums are float32,
 * which are rounded only if the result is bfloat16.
 */
final class Bfloat16Product {

  /** Indices of arguments: values of {@code DNNL_ARG_*}. */
  private static final int SOURCE = 1;

  private static final int WEIGHTS = 33;
  private static final int DESTINATION = 17;

  private static final MethodHandle MOVE =
      OneDnn.function(
          "dnnl_memory_set_data_handle", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  /**
   * The products that a thread has computed. A network has a few dozen sizes; a program for other
   * numbers of images adds as many.
   */
  private static final ThreadLocal<Map<Sizes, Bfloat16Product>> COMPILED =
      ThreadLocal.withInitial(HashMap::new);

  /** With more products than this, a thread forgets all that it has compiled. */
  private static final int MOST = 1000;

  private final MemorySegment left;
  private final MemorySegment right;
  private final MemorySegment result;
  private final Primitive primitive;

  /** What a product is compiled for. */
  private record Sizes(
      int rows, int columns, int depth, Layout left, Layout right, Layout result, boolean adds) {}

  /** How a matrix is stored. */
  private record Layout(NumberType type, int pitch, boolean transposed) {
    static Layout of(Factor factor) {
      return new Layout(factor.type(), factor.pitch(), factor.transposed());
    }

    TensorLayout tensor(int rows, int columns) {
      return TensorLayout.matrix(
          type, rows, columns, transposed ? 1 : pitch, transposed ? pitch : 1);
    }
  }

  private Bfloat16Product(Sizes sizes) {
    TensorLayout a = sizes.left.tensor(sizes.rows, sizes.depth);
    TensorLayout b = sizes.right.tensor(sizes.depth, sizes.columns);
    TensorLayout c = sizes.result.tensor(sizes.rows, sizes.columns);
    OneDnn.useThreads(1);
    PrimitiveDescription description =
        PrimitiveDescription.of(
            "matmul",
            List.of(OneDnn.engine(), a.handle(), b.handle(), MemorySegment.NULL, c.handle()),
            sizes.adds);
    left = unbound(a);
    right = unbound(b);
    result = unbound(c);
    MemorySegment scratch =
        Arena.ofAuto()
            .allocate(Math.max(1, description.scratchFloats()) * Float.BYTES, Primitive.ALIGNMENT);
    primitive =
        new Primitive(
            1,
            description,
            scratch,
            new Primitive.Argument(SOURCE, left, scratch),
            new Primitive.Argument(WEIGHTS, right, scratch),
            new Primitive.Argument(DESTINATION, result, scratch));
  }

  private static MemorySegment unbound(TensorLayout layout) {
    return OneDnn.create(
        "memory", "memory_create", layout.handle(), OneDnn.engine(), MemorySegment.NULL);
  }

  /** Computes C = A B, or C = A B + C, like {@link Products}. */
  static void multiply(int rows, int columns, int depth, Factor a, Factor b, float beta, Factor c) {
    if (beta != 0 && beta != 1) {
      throw new IllegalArgumentException("beta is " + beta);
    }
    Sizes sizes =
        new Sizes(rows, columns, depth, Layout.of(a), Layout.of(b), Layout.of(c), beta == 1);
    Map<Sizes, Bfloat16Product> compiled = COMPILED.get();
    if (compiled.size() == MOST) {
      compiled.clear();
    }
    compiled.computeIfAbsent(sizes, Bfloat16Product::new).multiply(a, b, c);
  }

  private void multiply(Factor a, Factor b, Factor c) {
    move(left, a);
    move(right, b);
    move(result, c);
    primitive.execute();
  }

  private static void move(MemorySegment object, Factor to) {
    try {
      OneDnn.check("memory_set_data_handle", (int) MOVE.invokeExact(object, to.start()));
    } catch (Throwable e) {
      throw OneDnn.thrown(e);
    }
  }
}
