package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;

/**
 * A convolution, compiled for fixed sizes. Feature maps are [image, row, column, channel], weights
 * [out, in, height, width], both without gaps. Weights and their gradients are float32 for the
 * caller, also if feature maps are bfloat16. Memory for intermediate values is given by the caller.
 */
public final class Convolution {

  /** Values of {@code dnnl_prop_kind_t} and {@code dnnl_alg_kind_t}. */
  private static final int TRAINING = 64;

  private static final int INFERENCE = 96;
  private static final int DIRECT = 1;

  /** Values of {@code dnnl_query_t}. */
  private static final int WEIGHTS_LAYOUT = 131;

  private static final int GRADIENT_LAYOUT = 132;

  /** Values of {@code DNNL_ARG_*}. */
  private static final int INPUT = 1;

  private static final int OUTPUT = 17;
  private static final int WEIGHTS = 33;
  private static final int INPUT_GRADIENT = 129;
  private static final int OUTPUT_GRADIENT = 145;
  private static final int WEIGHT_GRADIENT = 161;

  private final int threads;
  private final Sizes sizes;
  private final PrimitiveDescription forward;
  private final TensorLayout packed;
  private final PrimitiveDescription pack;

  /** The number of images, the feature maps of one, and the type of feature maps. */
  public record Sizes(int images, Shape input, Shape output, Window window, NumberType type) {}

  /**
   * Compiles the forward pass.
   *
   * @param threads number of threads that compute it
   * @param trained whether there will be a backward pass, too
   */
  public Convolution(int threads, Sizes sizes, boolean trained) {
    this.threads = threads;
    this.sizes = sizes;
    OneDnn.useThreads(threads); // A description is made for a number of threads.
    forward =
        describe(
            "convolution_forward",
            List.of(
                trained ? TRAINING : INFERENCE,
                DIRECT,
                input().handle(),
                preferred(sizes.type).handle(),
                MemorySegment.NULL,
                output().handle()),
            List.of());
    packed = forward.layout(WEIGHTS_LAYOUT);
    pack = PrimitiveDescription.ofReorder(stored(), packed);
  }

  /** The number of floats of the packed weights, which must stay until they are packed again. */
  public long packedFloats() {
    return packed.floats();
  }

  /** The number of floats that the forward pass overwrites. */
  public long forwardFloats() {
    return Math.max(forward.scratchFloats(), pack.scratchFloats());
  }

  /** The forward pass with its memory. */
  public final class Forward {

    private final Primitive packing;
    private final Primitive computing;

    /** Binds the pass to memory. */
    public Forward(
        MemorySegment input,
        FloatBuffer weights,
        FloatBuffer packedWeights,
        FloatBuffer scratch,
        MemorySegment output) {
      packing = Primitive.reorder(threads, pack, stored(), weights, packed, packedWeights, scratch);
      computing =
          new Primitive(
              threads,
              forward,
              MemorySegment.ofBuffer(scratch),
              Primitive.Argument.of(INPUT, input(), input),
              Primitive.Argument.of(WEIGHTS, packed, packedWeights),
              Primitive.Argument.of(OUTPUT, output(), output));
    }

    /** Must be called when the weights have changed. */
    public void pack() {
      packing.execute();
    }

    /** Computes the output. */
    public void run() {
      computing.execute();
    }
  }

  /** The gradient of the input. */
  public final class InputGradient {

    private final PrimitiveDescription gradient;
    private final TensorLayout packedForGradient;
    private final PrimitiveDescription packForGradient;

    /** Compiles it. */
    public InputGradient() {
      OneDnn.useThreads(threads);
      gradient =
          describe(
              "convolution_backward_data",
              List.of(DIRECT, input().handle(), preferred(sizes.type).handle(), output().handle()),
              List.of(forward.handle()));
      packedForGradient = gradient.layout(WEIGHTS_LAYOUT);
      packForGradient = PrimitiveDescription.ofReorder(stored(), packedForGradient);
    }

    /** The number of floats that it overwrites. */
    public long floats() {
      return packedForGradient.floats()
          + Math.max(gradient.scratchFloats(), packForGradient.scratchFloats());
    }

    /**
     * Binds it to memory.
     *
     * @param workspace {@link #floats} values that it overwrites
     * @param outputGradient is read
     */
    public Runnable in(
        FloatBuffer weights,
        FloatBuffer workspace,
        MemorySegment outputGradient,
        MemorySegment inputGradient) {
      Workspace parts = Workspace.of(workspace, packedForGradient);
      return run(
          Primitive.reorder(
              threads,
              packForGradient,
              stored(),
              weights,
              packedForGradient,
              parts.values,
              parts.scratch),
          new Primitive(
              threads,
              gradient,
              MemorySegment.ofBuffer(parts.scratch),
              Primitive.Argument.of(INPUT_GRADIENT, input(), inputGradient),
              Primitive.Argument.of(WEIGHTS, packedForGradient, parts.values),
              Primitive.Argument.of(OUTPUT_GRADIENT, output(), outputGradient)));
    }
  }

  /** The gradient of the weights. */
  public final class WeightGradient {

    private final PrimitiveDescription gradient;
    private final TensorLayout sums;
    private final PrimitiveDescription unpack;

    /** Compiles it. */
    public WeightGradient() {
      OneDnn.useThreads(threads);
      gradient =
          describe(
              "convolution_backward_weights",
              List.of(
                  DIRECT,
                  input().handle(),
                  preferred(NumberType.FLOAT32).handle(),
                  MemorySegment.NULL,
                  output().handle()),
              List.of(forward.handle()));
      sums = gradient.layout(GRADIENT_LAYOUT);
      unpack = PrimitiveDescription.ofReorder(sums, stored());
    }

    /** The number of floats that it overwrites. */
    public long floats() {
      return sums.floats() + Math.max(gradient.scratchFloats(), unpack.scratchFloats());
    }

    /**
     * Binds it to memory.
     *
     * @param workspace {@link #floats} values that it overwrites
     * @param outputGradient is read
     */
    public Runnable in(
        MemorySegment input,
        FloatBuffer workspace,
        MemorySegment outputGradient,
        FloatBuffer weightGradient) {
      Workspace parts = Workspace.of(workspace, sums);
      return run(
          new Primitive(
              threads,
              gradient,
              MemorySegment.ofBuffer(parts.scratch),
              Primitive.Argument.of(INPUT, input(), input),
              Primitive.Argument.of(WEIGHT_GRADIENT, sums, parts.values),
              Primitive.Argument.of(OUTPUT_GRADIENT, output(), outputGradient)),
          Primitive.reorder(
              threads, unpack, sums, parts.values, stored(), weightGradient, parts.scratch));
    }
  }

  /** Memory that a pass overwrites: values in a layout, and scratch. */
  private record Workspace(FloatBuffer values, FloatBuffer scratch) {
    static Workspace of(FloatBuffer memory, TensorLayout values) {
      int count = Math.toIntExact(values.floats());
      return new Workspace(memory.slice(0, count), memory.slice(count, memory.capacity() - count));
    }
  }

  private static Runnable run(Primitive first, Primitive second) {
    return () -> {
      first.execute();
      second.execute();
    };
  }

  private PrimitiveDescription describe(String pass, List<Object> first, List<Object> hint) {
    try (Arena arena = Arena.ofConfined()) {
      Window window = sizes.window;
      List<Object> arguments = new ArrayList<>(List.of(OneDnn.engine()));
      arguments.addAll(first);
      arguments.add(pair(arena, window.stride(), window.stride()));
      arguments.add(pair(arena, 0, 0)); // dilation
      arguments.add(pair(arena, window.padding(), window.padding()));
      arguments.add(
          pair(
              arena,
              ending(sizes.input.height(), sizes.output.height()),
              ending(sizes.input.width(), sizes.output.width())));
      arguments.addAll(hint);
      return PrimitiveDescription.of(pass, arguments);
    }
  }

  /** The padding at the end of a side: negative where the window does not reach the last values. */
  private long ending(int in, int out) {
    Window window = sizes.window;
    return (long) (out - 1) * window.stride() + window.kernel() - in - window.padding();
  }

  private static MemorySegment pair(Arena arena, long height, long width) {
    return arena.allocateFrom(JAVA_LONG, height, width);
  }

  private TensorLayout map(Shape shape) {
    return TensorLayout.map(
        sizes.type, sizes.images, shape.channels(), shape.height(), shape.width());
  }

  private TensorLayout input() {
    return map(sizes.input);
  }

  private TensorLayout output() {
    return map(sizes.output);
  }

  private TensorLayout stored() {
    return TensorLayout.weights(
        sizes.output.channels(), sizes.input.channels(), sizes.window.kernel());
  }

  private TensorLayout preferred(NumberType type) {
    return TensorLayout.preferred(
        type, sizes.output.channels(), sizes.input.channels(), sizes.window.kernel());
  }
}
