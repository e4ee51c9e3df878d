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
 * [out, in, height, width], both without gaps. Memory for intermediate values is given by the
 * caller.
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

  /** The number of images, and the feature maps of one. */
  public record Sizes(int images, Shape input, Shape output, Window window) {}

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
                preferred().handle(),
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
        FloatBuffer input,
        FloatBuffer weights,
        FloatBuffer packedWeights,
        FloatBuffer scratch,
        FloatBuffer output) {
      packing = Primitive.reorder(threads, pack, stored(), weights, packed, packedWeights, scratch);
      computing =
          new Primitive(
              threads,
              forward,
              scratch,
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

  /** The gradients of the input and of the weights. */
  public final class BackwardPlan {

    private final PrimitiveDescription toInput;
    private final PrimitiveDescription toWeights;
    private final TensorLayout weightsForInput;
    private final TensorLayout sums;
    private final PrimitiveDescription packForInput;
    private final PrimitiveDescription unpack;

    /** Compiles the backward pass. */
    public BackwardPlan() {
      OneDnn.useThreads(threads);
      toInput =
          describe(
              "convolution_backward_data",
              List.of(DIRECT, input().handle(), preferred().handle(), output().handle()),
              List.of(forward.handle()));
      weightsForInput = toInput.layout(WEIGHTS_LAYOUT);
      packForInput = PrimitiveDescription.ofReorder(stored(), weightsForInput);
      toWeights =
          describe(
              "convolution_backward_weights",
              List.of(
                  DIRECT,
                  input().handle(),
                  preferred().handle(),
                  MemorySegment.NULL,
                  output().handle()),
              List.of(forward.handle()));
      sums = toWeights.layout(GRADIENT_LAYOUT);
      unpack = PrimitiveDescription.ofReorder(sums, stored());
    }

    /** The number of floats that the backward pass overwrites: weights or their gradient first. */
    public long floats() {
      return weightFloats() + scratchFloats();
    }

    private long weightFloats() {
      return Math.max(weightsForInput.floats(), sums.floats());
    }

    private long scratchFloats() {
      long ofInput = Math.max(toInput.scratchFloats(), packForInput.scratchFloats());
      return Math.max(ofInput, Math.max(toWeights.scratchFloats(), unpack.scratchFloats()));
    }
  }

  /** The gradients of the input and of the weights, and that of the output, which is read. */
  public record GradientMemory(FloatBuffer ofInput, FloatBuffer ofWeights, FloatBuffer ofOutput) {}

  /** The backward pass with its memory. */
  public final class Backward {

    private final List<Primitive> steps;

    /**
     * Binds the pass to memory.
     *
     * @param workspace {@link BackwardPlan#floats} values that it overwrites
     */
    public Backward(
        BackwardPlan compiled,
        FloatBuffer input,
        FloatBuffer weights,
        FloatBuffer workspace,
        GradientMemory gradients) {
      int between = Math.toIntExact(compiled.weightFloats());
      FloatBuffer own = workspace.slice(0, between);
      FloatBuffer scratch = workspace.slice(between, workspace.capacity() - between);
      // The packed weights are no longer needed when the gradient is summed in the same memory.
      steps =
          List.of(
              Primitive.reorder(
                  threads,
                  compiled.packForInput,
                  stored(),
                  weights,
                  compiled.weightsForInput,
                  own,
                  scratch),
              new Primitive(
                  threads,
                  compiled.toInput,
                  scratch,
                  Primitive.Argument.of(INPUT_GRADIENT, input(), gradients.ofInput),
                  Primitive.Argument.of(WEIGHTS, compiled.weightsForInput, own),
                  Primitive.Argument.of(OUTPUT_GRADIENT, output(), gradients.ofOutput)),
              new Primitive(
                  threads,
                  compiled.toWeights,
                  scratch,
                  Primitive.Argument.of(INPUT, input(), input),
                  Primitive.Argument.of(WEIGHT_GRADIENT, compiled.sums, own),
                  Primitive.Argument.of(OUTPUT_GRADIENT, output(), gradients.ofOutput)),
              Primitive.reorder(
                  threads,
                  compiled.unpack,
                  compiled.sums,
                  own,
                  stored(),
                  gradients.ofWeights,
                  scratch));
    }

    /**
     * Computes the gradient of the input.
     *
     * @param ofWeights whether to compute the gradient of the weights, too
     */
    public void run(boolean ofWeights) {
      steps.subList(0, ofWeights ? steps.size() : 2).forEach(Primitive::execute);
    }
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
    return TensorLayout.map(sizes.images, shape.channels(), shape.height(), shape.width());
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

  private TensorLayout preferred() {
    return TensorLayout.preferred(
        sizes.output.channels(), sizes.input.channels(), sizes.window.kernel());
  }
}
