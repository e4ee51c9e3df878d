package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * How a primitive computes, chosen by the library for sizes, a number of threads and the CPU.
 *
 * @param handle the library's description
 */
record PrimitiveDescription(MemorySegment handle) {

  /** Values of {@code dnnl_query_t} and {@code dnnl_scratchpad_mode_t}. */
  private static final int SCRATCH_LAYOUT = 136;

  private static final int GIVEN_BY_USER = 1;

  /** The value of {@code dnnl_data_type_t} for none, which is that of the result. */
  private static final int TYPE_OF_RESULT = 0;

  /**
   * The memory that primitives overwrite is given to them. The library's own is that of the thread
   * that created a primitive, so that no other thread could execute it.
   */
  private static final MemorySegment GIVEN_SCRATCH = givenScratch();

  /** The same, of primitives that add their results to those that are already there. */
  private static final MemorySegment GIVEN_SCRATCH_AND_SUMMAND = givenScratchAndSummand();

  private static MemorySegment givenScratch() {
    MemorySegment attributes = OneDnn.create("primitive_attr", "primitive_attr_create");
    OneDnn.call("primitive_attr_set_scratchpad_mode", attributes, GIVEN_BY_USER);
    return attributes;
  }

  private static MemorySegment givenScratchAndSummand() {
    MemorySegment attributes = givenScratch();
    MemorySegment operations = OneDnn.create("post_ops", "post_ops_create");
    OneDnn.call("post_ops_append_sum", operations, 1f, 0, TYPE_OF_RESULT);
    OneDnn.call("primitive_attr_set_post_ops", attributes, operations);
    return attributes;
  }

  /**
   * Asks the library for a description.
   *
   * @param kind the kind of the primitive, as in the function's name
   * @param arguments all arguments of the function, apart from the attributes
   */
  static PrimitiveDescription of(String kind, List<Object> arguments) {
    return of(kind, arguments, false);
  }

  /**
   * The same.
   *
   * @param adds whether the result is added to what is already there
   */
  static PrimitiveDescription of(String kind, List<Object> arguments, boolean adds) {
    List<Object> all = new ArrayList<>(arguments);
    all.add(adds ? GIVEN_SCRATCH_AND_SUMMAND : GIVEN_SCRATCH);
    return new PrimitiveDescription(
        OneDnn.create("primitive_desc", kind + "_primitive_desc_create", all.toArray()));
  }

  /** Of a copy from one layout to another. */
  static PrimitiveDescription ofReorder(TensorLayout from, TensorLayout to) {
    return of("reorder", List.of(from.handle(), OneDnn.engine(), to.handle(), OneDnn.engine()));
  }

  /**
   * A layout that the library has chosen.
   *
   * @param what a value of {@code dnnl_query_t}
   */
  TensorLayout layout(int what) {
    MemorySegment owned =
        (MemorySegment) OneDnn.invoke("primitive_desc_query_md", ADDRESS, handle, what, 0);
    return new TensorLayout(OneDnn.create("memory_desc", "memory_desc_clone", owned));
  }

  /** The layout of the memory that the primitive overwrites. */
  TensorLayout scratch() {
    return layout(SCRATCH_LAYOUT);
  }

  /** The number of floats that the primitive overwrites. */
  long scratchFloats() {
    return scratch().floats();
  }
}
