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
import java.util.Objects;
import java.util.stream.Stream;
import org.bagnetlab.engine.nd4j.cpu.onednn.Primitive.Argument;
import org.bagnetlab.engine.nd4j.cpu.onednn.Products.Factor;
import org.jspecify.annotations.Nullable;

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

  private static final ThreadLocal<Compiled> COMPILED = ThreadLocal.withInitial(Compiled::new);

  private final Argument left;
  private final Argument right;
  private final Argument result;
  private final @Nullable Argument scratch;
  private final long scratchBytes;
  private final Primitive primitive;

  /** The products that a thread has computed, and the scratch memory that they share. */
  private static final class Compiled {

    /**
     * With more products than this, a thread forgets all. A network has up to two hundred sizes; a
     * program for another number of images adds as many.
     */
    private static final int MOST = 1000;

    private final Map<Sizes, Bfloat16Product> products = new HashMap<>();
    private MemorySegment scratch = MemorySegment.NULL;

    Bfloat16Product of(Sizes sizes) {
      if (products.size() == MOST) {
        products.clear();
      }
      return products.computeIfAbsent(sizes, Bfloat16Product::new);
    }

    MemorySegment scratch(long bytes) {
      if (scratch.byteSize() < bytes) {
        scratch = Arena.ofAuto().allocate(bytes, Primitive.ALIGNMENT);
      }
      return scratch;
    }
  }

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
    left = Argument.unbound(SOURCE, a);
    right = Argument.unbound(WEIGHTS, b);
    result = Argument.unbound(DESTINATION, c);
    scratchBytes = description.scratchFloats() * Float.BYTES;
    scratch = scratchBytes > 0 ? Argument.unbound(Primitive.SCRATCH, description.scratch()) : null;
    primitive =
        new Primitive(
            1,
            description,
            Stream.of(left, right, result, scratch).filter(Objects::nonNull).toList());
  }

  /** Computes C = A B, or C = A B + C, like {@link Products}. */
  static void multiply(int rows, int columns, int depth, Factor a, Factor b, float beta, Factor c) {
    if (beta != 0 && beta != 1) {
      throw new IllegalArgumentException("beta is " + beta);
    }
    Sizes sizes =
        new Sizes(rows, columns, depth, Layout.of(a), Layout.of(b), Layout.of(c), beta == 1);
    Compiled compiled = COMPILED.get();
    compiled.of(sizes).multiply(a, b, c, compiled);
  }

  private void multiply(Factor a, Factor b, Factor c, Compiled compiled) {
    move(left, a.start());
    move(right, b.start());
    move(result, c.start());
    if (scratch != null) {
      move(scratch, compiled.scratch(scratchBytes));
    }
    primitive.execute();
  }

  private static void move(Argument argument, MemorySegment to) {
    try {
      OneDnn.check("memory_set_data_handle", (int) MOVE.invokeExact(argument.object(), to));
    } catch (Throwable e) {
      throw OneDnn.thrown(e);
    }
  }
}
