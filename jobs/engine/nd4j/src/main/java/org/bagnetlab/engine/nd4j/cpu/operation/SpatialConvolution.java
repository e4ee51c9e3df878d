package org.bagnetlab.engine.nd4j.cpu.operation;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bagnetlab.engine.nd4j.cpu.kernel.Block;
import org.bagnetlab.engine.nd4j.cpu.kernel.Crew;
import org.bagnetlab.engine.nd4j.cpu.memory.Arena;
import org.bagnetlab.engine.nd4j.cpu.memory.FeatureMap;
import org.bagnetlab.engine.nd4j.cpu.memory.Gradients;
import org.bagnetlab.engine.nd4j.cpu.memory.Scratch;
import org.bagnetlab.engine.nd4j.cpu.memory.Timeline;
import org.bagnetlab.engine.nd4j.cpu.memory.Value;
import org.bagnetlab.engine.nd4j.cpu.onednn.Convolution;
import org.bagnetlab.engine.nd4j.cpu.onednn.NumberType;
import org.bagnetlab.engine.nd4j.cpu.parameter.Parameters;
import org.bagnetlab.vision.architecture.Node;
import org.bagnetlab.vision.architecture.Shape;
import org.bagnetlab.vision.architecture.Window;
import org.jspecify.annotations.Nullable;

/** A convolution with any window, computed by oneDNN. */
public final class SpatialConvolution extends MapTransform implements WeightedOperation {

  private final Crew crew;
  private final Parameters parameters;
  private final Scratch scratch;
  private final String weights;
  private final Window window;
  private final Convolution convolution;
  private final Value overwritten;
  private @Nullable Value summand;
  private @Nullable Gradient<Convolution.InputGradient> ofInput;
  private final List<Share> shares = new ArrayList<>();
  private List<Runnable> weightGradients = List.of();
  private Convolution.@Nullable Forward forward;
  private @Nullable Runnable inputGradient;
  private long version = -1;

  /** A gradient and the memory that it overwrites. */
  private record Gradient<G>(G compiled, Value workspace) {}

  /**
   * The gradient of the weights from a range of images, and the memory that it overwrites.
   *
   * @param part where it is added up; absent of the first one, which sets the gradient
   */
  private record Share(
      int from, Convolution.WeightGradient compiled, Value workspace, @Nullable Value part) {}

  public SpatialConvolution(
      Crew crew,
      Parameters parameters,
      Scratch scratch,
      Pass pass,
      Node.Convolution node,
      Value input,
      Value output) {
    super(input, output);
    this.crew = crew;
    this.parameters = parameters;
    this.scratch = scratch;
    weights = node.name() + ".weight";
    window = node.window();
    convolution = new Convolution(crew.members(), sizes(input.images()), pass.hasBackwardPass());
    overwritten = floats("scratch of " + node.name(), convolution.forwardFloats());
  }

  private Convolution.Sizes sizes(int images) {
    return new Convolution.Sizes(images, input.shape(), output.shape(), window, input.type());
  }

  private static Value floats(String name, long count) {
    return new Value(name, 1, new Shape(Math.max(1, Math.toIntExact(count)), 1, 1));
  }

  @Override
  public void planForward(Timeline now) {
    super.planForward(now);
    now.needs(overwritten);
  }

  @Override
  public void planWeightGradient(Timeline now, Gradients gradients) {
    now.needs(gradients.of(output));
    now.needs(input);
    boolean divided =
        input.type() == NumberType.BFLOAT16
            && crew.members() > 1
            && crew.members() <= input.images();
    if (!divided) {
      share(now, 0, convolution);
      return;
    }
    for (int member = 0; member < crew.members(); member++) {
      int from = crew.start(input.images(), member);
      int images = crew.start(input.images(), member + 1) - from;
      share(now, from, new Convolution(1, sizes(images), true));
    }
  }

  /**
   * Plans the gradient from a range of images. oneDNN's threads would wait for each other several
   * times per gradient of bfloat16 maps, each time as long as another program keeps one of them
   * from running; so members compute shares of their own, which are added.
   */
  private void share(Timeline now, int from, Convolution images) {
    String name = "gradient of %s from image %d".formatted(weights, from);
    Convolution.WeightGradient compiled = images.new WeightGradient();
    Value workspace = floats("workspace of " + name, compiled.floats());
    now.needs(workspace);
    @Nullable Value part =
        shares.isEmpty() ? null : floats(name, parameters.gradient(weights).capacity());
    if (part != null) {
      now.needs(part);
    }
    shares.add(new Share(from, compiled, workspace, part));
  }

  @Override
  public void planBackward(Timeline now, Gradients gradients) {
    super.planBackward(now, gradients);
    if (accumulates()) {
      summand =
          new Value(
              "part of gradient of " + input.name(), input.images(), input.shape(), input.type());
      now.needs(summand);
    }
    Convolution.InputGradient compiled = convolution.new InputGradient();
    Value workspace = floats("workspace of gradient below " + weights, compiled.floats());
    now.needs(workspace);
    ofInput = new Gradient<>(compiled, workspace);
  }

  @Override
  public void bind(Arena arena) {
    if (forward != null) {
      return; // A program's values do not move.
    }
    FloatBuffer values = parameters.values(weights);
    MemorySegment in = plain(input);
    forward =
        convolution
        .new Forward(
            in,
            values,
            scratch.floats(convolution.packedFloats()),
            floats(overwritten),
            plain(output));
    weightGradients = shares.stream().map(this::bound).toList();
    if (ofInput != null) {
      inputGradient =
          ofInput.compiled.in(
              values,
              floats(ofInput.workspace),
              plain(ofOutput()),
              plain(summand == null ? ofInput() : summand));
    }
  }

  private Runnable bound(Share share) {
    return share.compiled.in(
        memory(input, share.from),
        floats(share.workspace),
        memory(ofOutput(), share.from),
        share.part == null ? parameters.gradient(weights) : floats(share.part));
  }

  /** The memory of a value from an image on. */
  private static MemorySegment memory(Value value, int image) {
    return plain(value).asSlice(image * value.shape().elements() * value.type().bytes());
  }

  private static FloatBuffer floats(Value value) {
    return plain(value).asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  private static MemorySegment plain(Value value) {
    FeatureMap map = value.map();
    if (!map.plain()) {
      throw new IllegalStateException(value.name() + " is not contiguous");
    }
    return map.memory().memory(0);
  }

  @Override
  public void forward() {
    Convolution.Forward bound = Objects.requireNonNull(forward);
    if (version != parameters.version()) {
      bound.pack();
      version = parameters.version();
    }
    bound.run();
  }

  @Override
  public void weightGradient() {
    if (weightGradients.size() == 1) {
      weightGradients.getFirst().run();
      return;
    }
    crew.together(member -> weightGradients.get(member).run());
    crew.together(this::addShares);
  }

  private void addShares(int member) {
    FloatBuffer sums = parameters.gradient(weights);
    int from = crew.start(sums.capacity(), member);
    float[] sum = new float[crew.start(sums.capacity(), member + 1) - from];
    float[] more = new float[sum.length];
    sums.get(from, sum);
    for (Share share : shares) {
      if (share.part != null) {
        share.part.map().memory().get(from, more);
        crew.loops().add(sum, more, sum.length);
      }
    }
    sums.put(from, sum);
  }

  @Override
  public void backward() {
    Objects.requireNonNull(inputGradient).run();
    if (summand != null) {
      FeatureMap part = summand.map();
      FeatureMap to = inputGradient();
      float[] sum = new float[Block.values(to.channels())];
      float[] more = new float[sum.length];
      int most = Block.positions(to.channels());
      for (int at = 0; at < to.positions(); at += most) {
        int count = Math.min(most, to.positions() - at);
        to.read(at, count, sum);
        part.read(at, count, more);
        crew.loops().add(sum, more, count * to.channels());
        to.write(at, count, sum);
      }
    }
  }
}
