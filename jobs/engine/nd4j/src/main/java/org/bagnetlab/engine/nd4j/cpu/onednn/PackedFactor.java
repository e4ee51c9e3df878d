package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right factor of products, in the layout that oneDNN prefers. It pays off for a factor that is
 * used several times between two changes. Threads may use it at the same time, each for a product
 * of its own.
 */
public final class PackedFactor {

  /** Values of {@code dnnl_query_t} and {@code DNNL_ARG_*}. */
  private static final int WEIGHTS_LAYOUT = 131;

  private static final int SOURCE = 1;
  private static final int WEIGHTS = 33;
  private static final int DESTINATION = 17;

  /** Rows of the product for which the layout is chosen. */
  private static final int USUAL_ROWS = 256;

  private static final MethodHandle SET_DATA =
      OneDnn.function(
          "dnnl_memory_set_data_handle", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  private final int depth;
  private final int columns;
  private final Layout packed;
  private final MemorySegment memory;
  private final Primitive pack;
  private final Map<Form, Product> products = new ConcurrentHashMap<>();

  /** What distinguishes compiled products, of which each thread has its own. */
  private record Form(int rows, int pitchOfA, int pitchOfC, Thread thread) {}

  /** A product with memory of A and C that can be changed. */
  private record Product(Primitive primitive, MemorySegment a, MemorySegment c) {}

  /**
   * Prepares a factor of products.
   *
   * @param depth its rows
   * @param columns its columns
   * @param source the factor's values, which {@link #pack} reads
   * @param threads number of threads that pack
   */
  public PackedFactor(int depth, int columns, Products.Factor source, int threads) {
    this.depth = depth;
    this.columns = columns;
    OneDnn.useThreads(1);
    MemorySegment usual =
        describe(
            Layout.matrix(USUAL_ROWS, depth, depth),
            Layout.preferredMatrix(depth, columns),
            Layout.matrix(USUAL_ROWS, columns, columns));
    packed = Layout.chosen(usual, WEIGHTS_LAYOUT);
    memory = packed.allocate();
    Layout stored =
        source.transposed()
            ? Layout.transposedMatrix(depth, columns, source.pitch())
            : Layout.matrix(depth, columns, source.pitch());
    pack = Primitive.reorder(threads, stored, source.start(), packed, memory);
  }

  /** Must be called when the factor has changed. */
  public void pack() {
    pack.execute();
  }

  /** Computes C = A B, by the calling thread alone. */
  public void multiply(int rows, Products.Factor a, Products.Factor c) {
    Product product =
        Objects.requireNonNull(
            products.computeIfAbsent(
                new Form(rows, a.pitch(), c.pitch(), Thread.currentThread()), this::compile));
    setData(product.a, a.start());
    setData(product.c, c.start());
    product.primitive.execute();
  }

  private @Nullable Product compile(Form form) {
    OneDnn.useThreads(1);
    Layout a = Layout.matrix(form.rows, depth, form.pitchOfA);
    Layout c = Layout.matrix(form.rows, columns, form.pitchOfC);
    Primitive.Argument source = Primitive.Argument.of(SOURCE, a, MemorySegment.NULL);
    Primitive.Argument destination = Primitive.Argument.of(DESTINATION, c, MemorySegment.NULL);
    Primitive primitive =
        new Primitive(
            1,
            describe(a, packed, c),
            source,
            Primitive.Argument.of(WEIGHTS, packed, memory),
            destination);
    return new Product(primitive, source.object(), destination.object());
  }

  private static MemorySegment describe(Layout a, Layout b, Layout c) {
    return OneDnn.create(
        "primitive_desc",
        "matmul_primitive_desc_create",
        OneDnn.engine(),
        a.handle(),
        b.handle(),
        MemorySegment.NULL,
        c.handle(),
        MemorySegment.NULL);
  }

  private static void setData(MemorySegment object, MemorySegment data) {
    try {
      OneDnn.check("memory_set_data_handle", (int) SET_DATA.invokeExact(object, data));
    } catch (Throwable e) {
      throw OneDnn.thrown(e);
    }
  }
}
