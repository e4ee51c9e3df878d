package org.bagnetlab.engine.nd4j.cpu.onednn;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import org.bagnetlab.vision.architecture.Window;

/**
 * A convolution with a bound input, output and weights. Weights are stored as [out, in, height,
 * width].
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
  private final Window window;
  private final ChannelsLast input;
  private final ChannelsLast output;
  private final FloatBuffer weights;
  private final MemorySegment description;
  private final Primitive pack;
  private final Primitive forward;

  /**
   * Compiles the forward pass.
   *
   * @param threads number of threads that compute it
   * @param trained whether a backward pass will be compiled, too
   */
  public Convolution(
      int threads,
      Window window,
      ChannelsLast input,
      FloatBuffer weights,
      ChannelsLast output,
      boolean trained) {
    this.threads = threads;
    this.window = window;
    this.input = input;
    this.output = output;
    this.weights = weights;
    OneDnn.useThreads(threads); // A description is made for a number of threads.
    description =
        describe(
            "convolution_forward",
            trained ? TRAINING : INFERENCE,
            DIRECT,
            layout(input).handle(),
            preferred().handle(),
            MemorySegment.NULL,
            layout(output).handle());
    TensorLayout packed = TensorLayout.chosen(description, WEIGHTS_LAYOUT);
    MemorySegment memory = packed.allocate();
    pack = Primitive.reorder(threads, stored(), segment(weights), packed, memory);
    forward =
        new Primitive(
            threads,
            description,
            argument(INPUT, input),
            Primitive.Argument.of(WEIGHTS, packed, memory),
            argument(OUTPUT, output));
  }

  /** Must be called when the weights have changed. */
  public void pack() {
    pack.execute();
  }

  /** Computes the output. */
  public void forward() {
    forward.execute();
  }

  /** The gradients of a convolution, with bound memory. */
  public final class Backward {

    private final Primitive pack;
    private final Primitive toInput;
    private final Primitive toWeights;
    private final Primitive unpack;

    /** Compiles the backward pass. */
    public Backward(
        ChannelsLast inputGradient, ChannelsLast outputGradient, FloatBuffer weightGradient) {
      OneDnn.useThreads(threads);
      MemorySegment ofInput =
          describe(
              "convolution_backward_data",
              DIRECT,
              layout(inputGradient).handle(),
              preferred().handle(),
              layout(outputGradient).handle());
      TensorLayout packed = TensorLayout.chosen(ofInput, WEIGHTS_LAYOUT);
      MemorySegment memory = packed.allocate();
      pack = Primitive.reorder(threads, stored(), segment(weights), packed, memory);
      toInput =
          new Primitive(
              threads,
              ofInput,
              argument(INPUT_GRADIENT, inputGradient),
              Primitive.Argument.of(WEIGHTS, packed, memory),
              argument(OUTPUT_GRADIENT, outputGradient));
      MemorySegment ofWeights =
          describe(
              "convolution_backward_weights",
              DIRECT,
              layout(input).handle(),
              preferred().handle(),
              MemorySegment.NULL,
              layout(outputGradient).handle());
      TensorLayout summed = TensorLayout.chosen(ofWeights, GRADIENT_LAYOUT);
      MemorySegment sums = summed.allocate();
      toWeights =
          new Primitive(
              threads,
              ofWeights,
              argument(INPUT, input),
              Primitive.Argument.of(WEIGHT_GRADIENT, summed, sums),
              argument(OUTPUT_GRADIENT, outputGradient));
      unpack = Primitive.reorder(threads, summed, sums, stored(), segment(weightGradient));
    }

    /** Computes the gradients of the input and of the weights. */
    public void run() {
      pack.execute();
      toInput.execute();
      toWeights.execute();
      unpack.execute();
    }
  }

  private MemorySegment describe(String pass, Object... arguments) {
    boolean backward = !pass.equals("convolution_forward");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stride = pair(arena, window.stride());
      MemorySegment dilation = pair(arena, 0);
      MemorySegment padding = pair(arena, window.padding());
      MemorySegment end =
          arena.allocateFrom(
              JAVA_LONG,
              ending(input.height(), output.height()),
              ending(input.width(), output.width()));
      Object[] all = new Object[arguments.length + (backward ? 7 : 6)];
      all[0] = OneDnn.engine();
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      int at = arguments.length + 1;
      all[at++] = stride;
      all[at++] = dilation;
      all[at++] = padding;
      all[at++] = end;
      if (backward) {
        all[at++] = description;
      }
      all[at] = MemorySegment.NULL;
      return OneDnn.create("primitive_desc", pass + "_primitive_desc_create", all);
    }
  }

  /** The padding at the end of a side: negative where the window does not reach the last values. */
  private long ending(int in, int out) {
    return (long) (out - 1) * window.stride() + window.kernel() - in - window.padding();
  }

  private static MemorySegment pair(Arena arena, long value) {
    return arena.allocateFrom(JAVA_LONG, value, value);
  }

  private static TensorLayout layout(ChannelsLast map) {
    return TensorLayout.map(map.images(), map.channels(), map.height(), map.width());
  }

  private TensorLayout stored() {
    return TensorLayout.weights(output.channels(), input.channels(), window.kernel());
  }

  private TensorLayout preferred() {
    return TensorLayout.preferred(output.channels(), input.channels(), window.kernel());
  }

  private static Primitive.Argument argument(int index, ChannelsLast map) {
    return Primitive.Argument.of(index, layout(map), segment(map.memory()));
  }

  private static MemorySegment segment(FloatBuffer buffer) {
    return MemorySegment.ofBuffer(buffer);
  }
}
