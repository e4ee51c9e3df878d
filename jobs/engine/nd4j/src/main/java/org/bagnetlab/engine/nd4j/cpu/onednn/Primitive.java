package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/** A computation, compiled for fixed sizes and bound to fixed memory. */
final class Primitive {

  /** Size of {@code dnnl_exec_arg_t}, and the offset of its pointer. */
  private static final int ARGUMENT_BYTES = 16;

  private static final int POINTER = 8;

  /** The arguments' indices: values of {@code DNNL_ARG_*}. */
  private static final int SOURCE = 1;

  private static final int DESTINATION = 17;

  private final int threads;
  private final MemorySegment primitive;
  private final List<Argument> values;
  private final MemorySegment arguments;

  /** Memory, and its index among the arguments of a primitive. */
  record Argument(int index, MemorySegment object, MemorySegment memory) {
    static Argument of(int index, TensorLayout layout, MemorySegment memory) {
      MemorySegment object =
          OneDnn.create("memory", "memory_create", layout.handle(), OneDnn.engine(), memory);
      return new Argument(index, object, memory);
    }
  }

  /**
   * Compiles a primitive.
   *
   * @param threads number of threads that compute it
   * @param description its description
   */
  Primitive(int threads, MemorySegment description, Argument... values) {
    this.threads = threads;
    this.values = List.of(values);
    primitive = OneDnn.create("primitive", "primitive_create", description);
    arguments = Arena.ofAuto().allocate((long) values.length * ARGUMENT_BYTES, ARGUMENT_BYTES);
    for (int i = 0; i < values.length; i++) {
      arguments.set(JAVA_INT, (long) i * ARGUMENT_BYTES, values[i].index);
      arguments.set(ADDRESS, (long) i * ARGUMENT_BYTES + POINTER, values[i].object);
    }
  }

  /** Copies values into another layout. */
  static Primitive reorder(
      int threads, TensorLayout from, MemorySegment values, TensorLayout to, MemorySegment copy) {
    MemorySegment description =
        OneDnn.create(
            "primitive_desc",
            "reorder_primitive_desc_create",
            from.handle(),
            OneDnn.engine(),
            to.handle(),
            OneDnn.engine(),
            MemorySegment.NULL);
    return new Primitive(
        threads,
        description,
        Argument.of(SOURCE, from, values),
        Argument.of(DESTINATION, to, copy));
  }

  void execute() {
    OneDnn.useThreads(threads);
    try {
      OneDnn.execute(primitive, values.size(), arguments);
    } finally {
      Reference.reachabilityFence(values); // The native array has only their addresses.
    }
  }
}
