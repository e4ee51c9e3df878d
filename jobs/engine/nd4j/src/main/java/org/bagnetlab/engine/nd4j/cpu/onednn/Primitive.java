package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A computation, compiled for fixed sizes and bound to fixed memory. */
final class Primitive {

  /** The alignment of scratch memory that is fast: a cache line. */
  static final int ALIGNMENT = 64;

  /** Size of {@code dnnl_exec_arg_t}, and the offset of its pointer. */
  private static final int ARGUMENT_BYTES = 16;

  private static final int POINTER = 8;

  /** The arguments' indices: values of {@code DNNL_ARG_*}. */
  private static final int SOURCE = 1;

  private static final int DESTINATION = 17;
  static final int SCRATCH = 80;

  private final int threads;
  private final MemorySegment primitive;
  private final List<Argument> values;
  private final MemorySegment arguments;

  /** Memory as an argument of a primitive. */
  record Argument(int index, MemorySegment object, MemorySegment memory) {

    /** Without memory; it has to be given before each execution. */
    static Argument unbound(int index, TensorLayout layout) {
      return of(index, layout, MemorySegment.NULL);
    }

    static Argument of(int index, TensorLayout layout, FloatBuffer memory) {
      return of(index, layout, MemorySegment.ofBuffer(memory));
    }

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
   * @param scratch memory that it overwrites
   */
  Primitive(
      int threads, PrimitiveDescription description, MemorySegment scratch, Argument... arguments) {
    this(threads, description, with(List.of(arguments), description, scratch));
  }

  /**
   * Compiles a primitive.
   *
   * @param threads number of threads that compute it
   * @param arguments all of them, also its scratch memory if it needs some
   */
  Primitive(int threads, PrimitiveDescription description, List<Argument> arguments) {
    this.threads = threads;
    values = List.copyOf(arguments);
    OneDnn.useThreads(threads);
    primitive = OneDnn.create("primitive", "primitive_create", description.handle());
    this.arguments = Arena.ofAuto().allocate((long) values.size() * ARGUMENT_BYTES, ARGUMENT_BYTES);
    for (int i = 0; i < values.size(); i++) {
      this.arguments.set(JAVA_INT, (long) i * ARGUMENT_BYTES, values.get(i).index);
      this.arguments.set(ADDRESS, (long) i * ARGUMENT_BYTES + POINTER, values.get(i).object);
    }
  }

  private static List<Argument> with(
      List<Argument> arguments, PrimitiveDescription description, MemorySegment scratch) {
    List<Argument> all = new ArrayList<>(arguments);
    if (description.scratchFloats() > 0) {
      all.add(Argument.of(SCRATCH, description.scratch(), scratch));
    }
    return all;
  }

  /** Copies values into another layout. */
  static Primitive reorder(
      int threads,
      PrimitiveDescription description,
      TensorLayout from,
      FloatBuffer values,
      TensorLayout to,
      FloatBuffer copy,
      FloatBuffer scratch) {
    return new Primitive(
        threads,
        description,
        MemorySegment.ofBuffer(scratch),
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
